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
}
