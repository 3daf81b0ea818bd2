import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct SampleTests {
  @Test(arguments: Sample.all)
  func `gets its name`(sample: Sample) {
    let recognition = Identification(of: sample.conversation).recognition
    #expect(recognition?.application == sample.name)
    #expect(recognition?.strength == sample.strength)
    #expect(recognition?.clientIs == (sample.isSymmetric ? nil : .client))
  }

  @Test(arguments: Sample.all)
  func `grounds lie within the bytes`(sample: Sample) throws {
    let recognition = try #require(Identification(of: sample.conversation).recognition)
    #expect(!recognition.grounds.isEmpty)
    for ground in recognition.grounds {
      #expect(ground.offset >= 0 && ground.length > 0)
      #expect(ground.offset + ground.length <= sample.conversation[ground.side].bytes.count)
    }
  }

  @Test(arguments: Sample.all.filter { !$0.isSymmetric })
  func `with the sides exchanged the first is not called the client`(sample: Sample) {
    // A datagram or a greeting may show that the sides are not what they were taken for.
    let recognition = Identification(of: sample.turned).recognition
    #expect(recognition == nil || recognition?.application == sample.name)
    #expect(recognition?.clientIs != .client)
  }

  @Test(arguments: Sample.all.filter { !$0.isSymmetric })
  func `tells who the client is when the start was missed`(sample: Sample) {
    var conversation = sample.turned
    conversation.knowsClient = false
    let recognition = Identification(of: conversation).recognition
    #expect(recognition?.application == sample.name)
    #expect(recognition?.clientIs == .server)
  }

  @Test(arguments: Sample.all)
  func `gets no other name when it is cut`(sample: Sample) {
    #expect(sample.namesOfCuts.isSubset(of: [sample.name]))
  }

  @Test(arguments: Sample.all, Side.allCases)
  func `one side alone gets no other name`(sample: Sample, side: Side) {
    let recognition = Identification(of: sample.only(side)).recognition
    #expect(recognition == nil || recognition?.application == sample.name)
    // Only a checksum proves anything without an answer.
    let isWhole = sample.only(side).turns.count == sample.said.count
    #expect(isWhole || recognition?.strength != .answered)
  }

  @Test(arguments: Sample.all)
  func `gets no other name with bytes changed`(sample: Sample) {
    var random = SplitMix(seed: 3699)
    for _ in 0..<200 {
      var said = sample.said
      let turn = Int(random.next() % UInt64(said.count))
      guard !said[turn].1.isEmpty else { continue }
      said[turn].1[Int(random.next() % UInt64(said[turn].1.count))] = UInt8(random.next() & 255)
      let name = Identification(of: Conversation(sample.transport, said)).recognition?.application
      #expect(name == nil || name == sample.name, "\(name ?? "") \(said)")
    }
  }

  @Test(arguments: Transport.allCases)
  func `random bytes get no name`(transport: Transport) {
    var random = SplitMix(seed: 0x1c3)
    for _ in 0..<3000 {
      let client = random.bytes(Int(random.next() % 300) + 1)
      let server = random.bytes(Int(random.next() % 300))
      let said: [(Side, [UInt8])] =
        server.isEmpty ? [(.client, client)] : [(.client, client), (.server, server)]
      let recognition = Identification(of: Conversation(transport, said)).recognition
      #expect(recognition == nil, "\(client) \(server)")
    }
  }
}

/// The SplitMix64 generator: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }
}
