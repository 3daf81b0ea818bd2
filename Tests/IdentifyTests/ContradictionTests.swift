import Packets
import Testing

@testable import Flows
@testable import Identify

/// Conversations whose server says what another protocol's server says, or random bytes: the client's protocol is not answered
/// then, and nothing may say that it is.
@Suite struct ContradictionTests {
  /// A conversation in which both sides spoke, and every name that it has.
  private struct Origin {
    let transport: Transport
    let said: [(Side, [UInt8])]
    let names: Set<String>
    let server: [[UInt8]]
  }

  private static let origins: [Origin] =
    (Sample.all.map { ($0.transport, $0.said) }
    + BinarySampleTests.samples.map { ($0.transport, $0.said) }
    + Recorded.talks.map { ($0.transport, Array($0.said.prefix(24))) })
    .compactMap { transport, said in
      let found = Identification(of: Conversation(transport, said))
      guard let name = found.recognition?.application, Set(said.map(\.0)).count == 2 else {
        return nil
      }
      return Origin(
        transport: transport, said: said,
        names: Set([name] + found.runnersUp.map(\.application)),
        server: said.filter { $0.0 == .server }.map(\.1))
    }

  /// Names that one message keeps whatever the other side says: a server's status line and identification string are its own
  /// words, whoever asked and however. All others are lone, which is no name (`Recognition.isLone`), or proven by a checksum.
  private static let kept: Set<String> = ["http", "ssh"]

  @Test(arguments: 0..<Lot.parts)
  func `no name is answered by another protocol's server or by random bytes`(_ part: Int) {
    var random = SplitMix(seed: 3_699 + UInt64(part))
    var wrong: Set<String> = []
    var kept: [String: Set<String>] = [:]
    var cases = 0
    let own = Self.origins.indices.filter { $0 % Lot.parts == part }
    for index in own {
      let one = Self.origins[index]
      for attempt in 0..<4 {
        var answers: [[UInt8]]
        var from: Set<String> = ["random"]
        if attempt < 3 {
          guard let other = Self.origins.randomElement(using: &random),
            other.transport == one.transport, other.names.isDisjoint(with: one.names)
          else { continue }
          answers = other.server
          from = other.names
        } else {
          answers = one.server.map { bytes in
            bytes.map { _ in UInt8.random(in: 0...255, using: &random) }
          }
        }
        answers.reverse()
        let last = answers.first ?? []
        let said = one.said.map { side, bytes in
          side == .client ? (side, bytes) : (side, answers.popLast() ?? last)
        }
        cases += 1
        guard let found = Identification(of: Conversation(one.transport, said)).recognition else {
          continue
        }
        if found.strength == .proven, isProven(found.application, by: said, one.transport) {
          continue
        }
        if found.strength >= .answered {
          wrong.insert(
            "\(one.names.sorted()) with a server of \(from.sorted()): \(found.application) "
              + "\(found.strength)")
        } else if !found.isLone {
          kept[found.application, default: []].insert(
            "\(found.strength) \(from.sorted()) for \(one.names.sorted())")
        }
      }
    }
    #expect(cases > 100)
    #expect(wrong.isEmpty)
    #expect(Set(kept.keys).isSubset(of: Self.kept), "\(kept)")
  }

  /// Whether one side's bytes prove the name by themselves.
  private func isProven(
    _ name: String, by said: [(Side, [UInt8])], _ transport: Transport
  ) -> Bool {
    Side.allCases.contains { side in
      let alone = Identification(of: Conversation(transport, said.filter { $0.0 == side }))
      return alone.recognition?.strength == .proven && alone.recognition?.application == name
    }
  }
}
