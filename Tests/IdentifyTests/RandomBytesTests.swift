import FoundationEssentials
import Packets
import Testing

@testable import Flows
@testable import Identify

/// How many conversations of random bytes are made: more with `make test-all`, and as many as `ICWSCAN_RANDOM` says.
private let conversations =
  ProcessInfo.processInfo.environment["ICWSCAN_RANDOM"].flatMap { Int($0) }
  ?? (takesItsTime ? 20_000 : 2_000)

private let takesItsTime = ProcessInfo.processInfo.environment["ICWSCAN_TEST_ALL"] != nil

/// Where the generator starts; `ICWSCAN_SEED` repeats a run.
private let seed =
  ProcessInfo.processInfo.environment["ICWSCAN_SEED"].flatMap { UInt64($0) }
  ?? (takesItsTime ? UInt64.random(in: 0...UInt64.max) : 20_261_123)

@Suite struct RandomBytesTests {
  @Test func `random bytes get no name`() {
    print("random bytes: seed", seed, "conversations", conversations)
    var generator = SplitMix(seed: seed)
    var named: [String] = []
    for index in 0..<conversations {
      let conversation = Self.conversation(&generator)
      if let found = Identification(of: conversation).recognition {
        named.append("\(index): \(found.application) \(conversation)")
      }
    }
    for name in named.prefix(10) { print(name) }
    #expect(named.isEmpty)
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
