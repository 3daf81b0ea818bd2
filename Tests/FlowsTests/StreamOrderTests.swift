import Packets
import Testing

@testable import Flows

@Suite struct StreamOrderTests {
  /// Segments as (sequence after the SYN, payload) and what the client's bytes must be.
  @Test(
    arguments: [
      ([(0, "abc"), (3, "def")], "abcdef"),
      ([(3, "def"), (0, "abc")], "abcdef"),
      ([(6, "ghi"), (3, "def"), (0, "abc")], "abcdefghi"),
      ([(0, "abc"), (0, "abc"), (3, "def")], "abcdef"),
      ([(0, "abcd"), (2, "XXef")], "abcdef"),
      ([(0, "ab"), (4, "ef"), (0, "abcd")], "abcdef"),
      ([(0, "ab"), (4, "ef")], "ab"),
      ([(2, "cd"), (2, "XX"), (0, "ab")], "abcd"),
    ] as [([(Int, String)], String)])
  func `bytes come in sequence order and the first copy stays`(
    segments: [(Int, String)], expected: String
  ) throws {
    var builder = FlowBuilder()
    builder.handshake()
    for (index, (offset, text)) in segments.enumerated() {
      builder.tcp(.client, .ack, sequence: UInt32(1001 + offset), text, at: Double(index + 1))
    }
    let flow = try #require(builder.finished().first)
    #expect(String(decoding: flow.conversation.client.bytes, as: UTF8.self) == expected)
  }

  @Test func `sequence numbers wrap around`() throws {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: .max - 1)
    builder.tcp(.client, .ack, sequence: 2, "cd", at: 1)
    builder.tcp(.client, .ack, sequence: .max, "abc", at: 2)
    let flow = try #require(builder.finished().first)
    #expect(String(decoding: flow.conversation.client.bytes, as: UTF8.self) == "abccd")
  }

  @Test func `retransmitted and reordered segments are counted and make no turn of their own`()
    throws
  {
    var builder = FlowBuilder()
    builder.handshake()
    builder.tcp(.client, .ack, sequence: 1004, "def", at: 1)
    builder.tcp(.client, .ack, sequence: 1001, "abc", at: 2)
    builder.tcp(.client, .ack, sequence: 1001, "abc", at: 3)
    let flow = try #require(builder.finished().first)
    #expect(flow.clientCounters.outOfOrder == 1)
    #expect(flow.clientCounters.retransmitted == 1)
    #expect(flow.conversation.turns.map(\.packet) == [4, 5])
    #expect(flow.clientCounters.payloadBytes == 9)
    #expect(flow.conversation.client.total == 6)
  }

  @Test func `a segment cut by the snapshot length ends the kept bytes of its side`() throws {
    var builder = FlowBuilder()
    builder.handshake()
    builder.tcp(.client, .ack, sequence: 1001, "abc", at: 1, wireLength: 10)
    builder.tcp(.client, .ack, sequence: 1011, "xyz", at: 2)
    let flow = try #require(builder.finished().first)
    #expect(flow.conversation.client.bytes == Array("abc".utf8))
    #expect(flow.conversation.client.isIncomplete)
    #expect(flow.conversation.client.total == 13)
    #expect(flow.clientCounters.cut == 1)
  }

  @Test func `when the first segment is lost the rest is kept as not from the start`() throws {
    var builder = FlowBuilder()
    builder.handshake()
    builder.tcp(.client, .ack, sequence: 1101, "later", at: 1)
    let flow = try #require(builder.finished().first)
    #expect(flow.conversation.client.bytes == Array("later".utf8))
    #expect(!flow.conversation.client.beginsAtStart)
    #expect(flow.conversation.client.isIncomplete)
  }

  @Test func `no more bytes are kept than the bound and the total goes on`() throws {
    var builder = FlowBuilder()
    builder.handshake()
    let segment = String(repeating: "x", count: 1000)
    for index in 0..<40 {
      builder.tcp(.server, .ack, sequence: UInt32(5001 + index * 1000), segment, at: Double(index))
    }
    let flow = try #require(builder.finished().first)
    #expect(flow.conversation.server.bytes.count == FlowLimits.bytesPerSide)
    #expect(flow.conversation.server.isIncomplete)
    #expect(flow.conversation.server.total == 40_000)
    #expect(flow.conversation.turns.count == 40)
  }

  @Test(arguments: 0..<40)
  func `segments in any order give the same bytes`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let text = String((0..<60).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    var pieces: [(Int, String)] = []
    var offset = 0
    while offset < 60 {
      let length = Int.random(in: 1...12, using: &random)
      let piece = text.dropFirst(offset).prefix(length)
      pieces.append((offset, String(piece)))
      offset += length
    }
    var builder = FlowBuilder()
    builder.handshake()
    let order =
      pieces.count <= FlowLimits.segmentsWaiting ? pieces.shuffled(using: &random) : pieces
    for (index, (offset, piece)) in order.enumerated() {
      builder.tcp(.client, .ack, sequence: UInt32(1001 + offset), piece, at: Double(index))
    }
    let flow = try #require(builder.finished().first)
    #expect(String(decoding: flow.conversation.client.bytes, as: UTF8.self) == text, "seed \(seed)")
  }
}
