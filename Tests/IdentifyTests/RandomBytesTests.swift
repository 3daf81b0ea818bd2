import Packets
import Testing

@testable import Flows
@testable import Identify

private let lot = Lot("ICWSCAN_RANDOM", usual: 2_000, seed: 20_261_123)

@Suite struct RandomBytesTests {
  @Test(arguments: 0..<Lot.parts) func `random bytes get no name`(_ part: Int) {
    print("random bytes: seed", lot.seed, "part", part, "conversations", lot.casesOfPart)
    var generator = lot.generator(of: part)
    var named: [String] = []
    for index in 0..<lot.casesOfPart {
      let conversation = Self.conversation(&generator)
      if let found = Identification(of: conversation).recognition {
        named.append("\(index): \(found.application) \(conversation)")
      }
    }
    for name in named.prefix(10) { print(name) }
    print("random bytes: part", part, "named", named.count, "of", lot.casesOfPart)
    // One in a hundred thousand may look like something.
    #expect(named.count <= lot.allowed(perMillion: 10), "\(named.count) of \(lot.casesOfPart)")
  }

  /// One to several packets a side, short ones more often than long ones.
  private static func conversation(_ generator: inout SplitMix) -> Conversation {
    let client = Int.random(in: 0...4, using: &generator)
    let server = Int.random(in: client == 0 ? 1...1 : 0...4, using: &generator)
    var said: [(Side, [UInt8])] = []
    for side in Array(repeating: Side.client, count: client)
      + Array(repeating: .server, count: server)
    {
      let longest = [4, 24, 96, 400, 1_400].randomElement(using: &generator) ?? 4
      let count = Int.random(in: 1...longest, using: &generator)
      said.append((side, (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    }
    said.shuffle(using: &generator)
    var conversation = Conversation(
      Bool.random(using: &generator) ? .udp : .tcp, said,
      knowsClient: Bool.random(using: &generator))
    if Int.random(in: 0..<4, using: &generator) == 0 {
      conversation.client.beginsAtStart = false
      conversation.server.beginsAtStart = false
    }
    return conversation
  }
}
