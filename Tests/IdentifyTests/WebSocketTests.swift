import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct WebSocketTests {
  /// The handshake of RFC 6455 section 1.2.
  static let request =
    """
    GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n\
    Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Version: 13\r\n\r\n
    """
  static let response =
    """
    HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n
    """
  static let example = Exchange(.tcp, .client(request), .server(response))

  @Test func `the handshake is WebSocket and not just HTTP`() throws {
    let found = try #require(Self.example.identification.recognition)
    #expect(found.application == "websocket")
    #expect(found.refines == "http")
    #expect(found.strength == .answered)
    #expect(Self.example.fact(.subprotocol) == "chat")
    #expect(Self.example.fact(.path) == "/chat")
    #expect(Self.example.fact(.from) == "http://example.com")
    #expect(Self.example.fact(.upgrade) == "websocket")
  }

  @Test func `cut it is WebSocket, HTTP or nothing`() {
    #expect(Self.example.wrongNamesWhenCut(allowed: ["http", "websocket"]).isEmpty)
  }

  @Test func `a refused upgrade is HTTP`() {
    let exchange = Exchange(
      .tcp, .client(Self.request), .server("HTTP/1.1 403 Forbidden\r\nServer: x\r\n\r\n"))
    #expect(exchange.name == "http")
  }

  @Test func `an acceptance of another length is not WebSocket`() {
    let response = Self.response.replacing("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", with: "s3pPLMBiTxaQ")
    #expect(Exchange(.tcp, .client(Self.request), .server(response)).name == "http")
  }

  @Test func `a key of another length is not WebSocket`() {
    let request = Self.request.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "dGhlIHNhbXBsZQ==")
    #expect(Exchange(.tcp, .client(request)).opinion(of: .websocket) == .no)
  }

  @Test func `the wrong way round it is not WebSocket`() {
    #expect(Self.example.reversed.opinion(of: .websocket) == .no)
  }

  /// The frames of RFC 6455 section 5.7.
  private static let hello: [UInt8] = [0x81, 5] + Array("Hello".utf8)
  private static let maskedHello: [UInt8] = [
    0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
  ]

  private static func conversation(
    _ said: [(Side, [UInt8])], beginsAtStart: Bool = true
  ) -> Conversation {
    var conversation = Conversation(.tcp, said)
    conversation.client.beginsAtStart = beginsAtStart
    conversation.server.beginsAtStart = beginsAtStart
    return conversation
  }

  @Test func `frames behind the handshake are read without their mask`() throws {
    let head = Array(Self.request.utf8)
    let answer = Array(Self.response.utf8)
    let ping: [UInt8] = [0x89, 0x80, 1, 2, 3, 4]
    let conversation = Self.conversation([
      (.client, head), (.server, answer + Self.hello), (.client, Self.maskedHello + ping),
    ])
    let asked = WebSocketFrame.frames(of: .client, in: conversation)
    try #require(asked.count == 2)
    #expect(asked[0].kind == .text && asked[0].isLast && asked[0].isMasked && asked[0].isWhole)
    #expect(asked[0].content == Array("Hello".utf8))
    #expect(asked[0].start == head.count && asked[0].end == head.count + 11)
    #expect(asked[1].kind == .ping && asked[1].length == 0)
    let answered = WebSocketFrame.frames(of: .server, in: conversation)
    #expect(answered.map(\.content) == [Array("Hello".utf8)])
    #expect(answered.first?.start == answer.count && answered.first?.isMasked == false)
  }

  @Test func `frames of a connection whose start was missed are found where they begin`() {
    let said: [(Side, [UInt8])] = (0..<3).flatMap { _ in
      [(Side.client, Self.maskedHello), (.server, Self.hello)]
    }
    let conversation = Self.conversation(said, beginsAtStart: false)
    #expect(WebSocketFrame.frames(of: .client, in: conversation).map(\.start) == [0, 11, 22])
    #expect(WebSocketFrame.frames(of: .server, in: conversation).count == 3)
  }

  @Test func `a frame that was cut has what was kept, and what is none ends the frames`() throws {
    let head = Array(Self.request.utf8)
    let cut = Self.conversation([(.client, head + Self.maskedHello.dropLast(2))])
    let frame = try #require(WebSocketFrame.frames(of: .client, in: cut).first)
    #expect(frame.content == Array("Hel".utf8) && frame.length == 5 && !frame.isWhole)
    // A reserved kind, a length in a longer form than it needs, a ping of several frames.
    for wrong: [UInt8] in [
      [0x83, 0x80, 1, 2, 3, 4], [0x82, 0xfe, 0, 5, 1, 2, 3, 4], [0x09, 0x80],
    ] {
      let conversation = Self.conversation([(.client, head + Self.maskedHello + wrong)])
      #expect(WebSocketFrame.frames(of: .client, in: conversation).count == 1, "\(wrong)")
    }
    #expect(
      WebSocketFrame.frames(of: .client, in: Self.conversation([(.client, Self.hello)])).isEmpty)
  }
}
