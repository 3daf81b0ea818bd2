import Packets
import Testing

@testable import Flows
@testable import Identify

private let lot = Lot("ICWSCAN_MUTATIONS", usual: 3_000, seed: 20_261_124)

/// Conversations of the specifications and of the recordings with bytes changed, cut, lost and spliced: they keep a name of
/// theirs or have none.
@Suite struct MutationTests {
  private struct Origin {
    let transport: Transport
    let said: [(Side, [UInt8])]
    let names: Set<String>
  }

  private static let origins: [Origin] =
    (Sample.all.map { ($0.transport, $0.said) }
    + BinarySampleTests.samples.map { ($0.transport, $0.said) }
    + Recorded.talks.map { ($0.transport, $0.said) }).map { transport, said in
      let found = Identification(of: Conversation(transport, said))
      let all = [found.recognition?.application].compactMap(\.self)
      return Origin(
        transport: transport, said: said,
        names: Set(all + found.runnersUp.map(\.application)))
    }

  @Test func `the recordings are among them`() {
    #expect(Recorded.talks.count > 50)
  }

  @Test(arguments: 0..<Lot.parts)
  func `changed, cut and spliced they have a name of their own or none`(_ part: Int) {
    print("mutations: seed", lot.seed, "part", part, "conversations", lot.casesOfPart)
    var random = lot.generator(of: part)
    var wrong: [String] = []
    for index in 0..<lot.casesOfPart {
      guard let one = Self.origins.randomElement(using: &random),
        let other = Self.origins.randomElement(using: &random)
      else { return }
      var said = one.said
      var names = one.names
      switch Int.random(in: 0..<4, using: &random) {
      case 0: Self.change(&said, &random)
      case 1:
        said = Array(said.prefix(Int.random(in: 1...said.count, using: &random)))
        let last = said.count - 1
        let kept = Int.random(in: 0...said[last].1.count, using: &random)
        said[last].1 = Array(said[last].1.prefix(kept))
      case 2:
        let length = Int.random(in: 1...64, using: &random)
        said = said.map { ($0.0, Array($0.1.prefix(length))) }
      default:
        guard other.transport == one.transport else { continue }
        names.formUnion(other.names)
        said =
          said.prefix(Int.random(in: 1...said.count, using: &random))
          + other.said.suffix(Int.random(in: 1...other.said.count, using: &random))
      }
      let found = Identification(of: Conversation(one.transport, said)).recognition
      if let found, !names.contains(found.application) {
        wrong.append("\(index): \(names.sorted()) became \(found.application) \(said)")
      }
    }
    for line in wrong.prefix(10) { print(line) }
    print("mutations: part", part, "named otherwise", wrong.count, "of", lot.casesOfPart)
    // One in ten thousand: a few changed bytes can make one protocol of another.
    #expect(wrong.count <= lot.allowed(perMillion: 100), "\(wrong.count) of \(lot.casesOfPart)")
  }

  private static func change(_ said: inout [(Side, [UInt8])], _ random: inout SplitMix) {
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let turn = Int.random(in: 0..<said.count, using: &random)
      guard !said[turn].1.isEmpty else { continue }
      let place = Int.random(in: 0..<said[turn].1.count, using: &random)
      said[turn].1[place] = UInt8.random(in: 0...255, using: &random)
    }
  }
}
