import Packets
import Testing

@testable import Flows
@testable import Identify

/// A service that repeats what it is sent (RFC 862) speaks no protocol, whatever it is asked in.
@Suite struct EchoTests {
  @Test(arguments: Sample.all.filter { $0.name != "modbus" })
  func `what only a repetition answers gets no name by it`(sample: Sample) {
    var said: [(Side, [UInt8])] = []
    for (side, bytes) in sample.said where side == .client {
      said += [(.client, bytes), (.server, bytes)]
    }
    let conversation = Conversation(sample.transport, said)
    guard !said.isEmpty, !conversation.server.bytes.isEmpty else { return }
    #expect(conversation.isEchoed)
    let found = Identification(of: conversation).recognition
    #expect(found.map { $0.isLone && $0.strength == .oneSided } ?? true, "\(found as Any)")
  }

  @Test func `random bytes and their repetition get no name`() {
    var generator = SplitMix(seed: 862)
    for index in 0..<4_000 {
      // Where a protocol has but few bytes of its own to go by, the rest is left to chance.
      let first: [UInt8] = [[], [0xe4, 0x34], [0xe4, 0x45], [0x68, 4, 0x43, 0, 0, 0]][index % 4]
      let said =
        first
        + (0..<Int.random(in: 1...64, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
      for transport in [Transport.tcp, .udp] {
        let found = Identification(of: Conversation(transport, [(.client, said), (.server, said)]))
        #expect(found.recognition.map(\.isLone) ?? true, "\(said): \(found)")
      }
    }
  }

  @Test func `who speaks first, who says less and who says more repeats nothing`() {
    let greeting = Array("RFB 003.008\n".utf8)
    #expect(!Conversation(.tcp, [(.server, greeting), (.client, greeting)]).isEchoed)
    #expect(!Conversation(.tcp, [(.client, [5, 2, 0, 2]), (.server, [5, 2])]).isEchoed)
    #expect(!Conversation(.tcp, [(.client, [5, 1]), (.server, [5, 1, 0])]).isEchoed)
    #expect(!Conversation(.tcp, [(.client, [5, 1])]).isEchoed)
    #expect(Conversation(.tcp, [(.client, [5, 1]), (.server, [5, 1])]).isEchoed)
    #expect(
      Conversation(.tcp, [(.client, [5]), (.client, [6, 7]), (.server, [5, 6]), (.server, [7])])
        .isEchoed)
    var unknown = Conversation(.tcp, [(.client, [5]), (.server, [5])], knowsClient: false)
    #expect(!unknown.isEchoed)
    unknown.client.beginsAtStart = false
    unknown.server.beginsAtStart = false
    #expect(!unknown.isEchoed)
  }

  @Test func `a lost repetition, a late one and one that came twice are no answer of its own`() {
    let (one, two, three) = ([1, 2, 3], [4, 5], [6, 7, 8, 9]) as ([UInt8], [UInt8], [UInt8])
    let lost: [(Side, [UInt8])] = [
      (.client, one), (.server, one), (.client, two), (.client, three), (.server, three),
    ]
    #expect(Conversation(.udp, lost).isEchoed)
    #expect(!Conversation(.udp, lost.reversed()).isEchoed)
    #expect(!Conversation(.udp, lost + [(.server, two)]).isEchoed)
    // Sent again together with what is new: the turn is longer than what it adds.
    var joined = Conversation(
      .tcp, [(.client, one), (.server, one), (.client, two), (.server, two)])
    let last = joined.turns[3]
    joined.turns[3] = Turn(
      side: .server, time: last.time, packet: last.packet, range: last.range, length: 5)
    #expect(joined.isEchoed)
    // What the client said is known up to a bound alone.
    joined.client = SideBytes(Array(joined.client.bytes.prefix(4)), isIncomplete: true, total: 5)
    #expect(joined.isEchoed)
  }

  @Test func `a register that is written is answered by its repetition`() {
    let write = hexadecimal("0001 0000 0006 01 06 0010 00ff")
    let found = Identification(of: Conversation(.tcp, [(.client, write), (.server, write)]))
    #expect(found.recognition?.application == "modbus")
  }
}
