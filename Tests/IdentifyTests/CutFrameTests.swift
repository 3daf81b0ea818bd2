import Flows
import Packets
import Testing

@testable import Identify

/// Frames that a short snapshot cut within the first message.
@Suite struct CutFrameTests {
  /// What was said, of packets with these lengths on the wire.
  private static func recognised(
    _ said: [(Side, [UInt8])], of lengths: [Int], isCut: Bool = true
  ) -> Recognition? {
    var conversation = Conversation(.tcp, said)
    conversation.turns = zip(conversation.turns, lengths).map { turn, length in
      Turn(side: turn.side, time: turn.time, packet: turn.packet, range: turn.range, length: length)
    }
    conversation.client.isIncomplete = isCut
    conversation.server.isIncomplete = isCut
    return Identification(of: conversation).recognition
  }

  private static let client = Array(TLSTests.clientHello.prefix(30))
  private static let server = Array(TLSTests.serverHello.prefix(30))

  @Test func `both hellos of TLS are told by their headers`() {
    let found = Self.recognised([(.client, Self.client), (.server, Self.server)], of: [201, 127])
    #expect(found?.application == "tls" && found?.strength == .answered)
    #expect(found?.clientIs == .client && found?.grounds.count == 2)
    let called = Self.recognised([(.server, Self.client), (.client, Self.server)], of: [201, 127])
    #expect(called?.application == "tls" && called?.clientIs == .server)
  }

  @Test(arguments: [0, 1, 2, 4, 5, 7, 8, 9])
  func `a header that does not fit is none`(_ place: Int) {
    for side in [Side.client, .server] {
      var said = [(Side.client, Self.client), (Side.server, Self.server)]
      said[side == .client ? 0 : 1].1[place] ^= 0x44
      #expect(
        Self.recognised(said, of: [201, 127])?.strength != .answered, "\(side) \(place)")
    }
  }

  @Test func `two of the same kind, or whole packets that are so short, are no TLS`() {
    let both = [(Side.client, Self.client), (Side.server, Self.client)]
    #expect(Self.recognised(both, of: [201, 201])?.strength != .answered)
    let whole = [(Side.client, Self.client), (Side.server, Self.server)]
    #expect(Self.recognised(whole, of: [30, 30], isCut: false)?.strength != .answered)
  }

  @Test func `a command of Redis is told by the length and the beginning of its name`() {
    func found(_ asked: String, _ answer: String = ":50\r\n", length: Int = 54) -> Recognition? {
      Self.recognised(
        [(.client, Array(asked.utf8)), (.server, Array(answer.utf8))],
        of: [length, answer.utf8.count])
    }
    #expect(found("*3\r\n$5\r\nlp")?.application == "redis")
    #expect(found("*4\r\n$5\r\nlt", "+OK\r\n")?.application == "redis")
    for (asked, answer) in [
      ("*3\r\n$5\r\nqx", ":50\r\n"), ("*3\r\n$2\r\nl", ":50\r\n"), ("*3\r\n$5\r\nlp", "50\r\n"),
      ("*3\r\n$5\r\n", ":50\r\n"), ("*x\r\n$5\r\nlp", ":50\r\n"),
    ] {
      #expect(found(asked, answer) == nil, "\(asked) \(answer)")
    }
    #expect(found("*3\r\n$5\r\nlp", length: 10) == nil)
  }
}
