import Flows
import Packets
import Testing

@testable import Report

@Suite struct WebSocketWordsTests {
  private static let head = Array("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n".utf8)
  private static let answer = Array("HTTP/1.1 101 Switching Protocols\r\n\r\n".utf8)

  private static func frame(_ first: UInt8, _ content: [UInt8], masked: Bool = true) -> [UInt8] {
    let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
    guard masked else { return [first, UInt8(content.count)] + content }
    return [first, 0x80 | UInt8(content.count)] + mask
      + content.enumerated().map { $1 ^ mask[$0 % 4] }
  }

  /// What is told of each turn of a conversation that began with the handshake.
  private static func words(_ said: [(Side, [UInt8])]) -> [String?] {
    let conversation = Conversation(.tcp, [(.client, head), (.server, answer)] + said)
    let words = WebSocketWords(conversation)
    return conversation.turns.map { words.of($0) }
  }

  @Test func `messages are told without the mask, the handshake as it was sent`() {
    let ask = Self.frame(0x81, Array("{\"op\":1}".utf8))
    let told = Self.words([
      (.client, ask), (.server, Self.frame(0x82, [0, 1, 0xfe], masked: false)),
      (.client, Self.frame(0x89, Array("x".utf8))), (.server, [0x8a, 1, 0x78]),
      (.client, Self.frame(0xc1, [0xab, 0xcd])),
      (.client, Self.frame(0x88, [3, 0xe8] + Array("bye".utf8))), (.server, [0x88, 0]),
    ])
    #expect(
      told == [
        nil, nil, "text: {\"op\":1}", "binary: 00 01 fe", "ping: x", "pong: x",
        "compressed text: ab cd", "close 1000: bye", "close",
      ])
  }

  @Test func `several frames of a packet and a frame of several packets are told as such`() {
    let long = Self.frame(0x01, Array("first part".utf8))
    let told = Self.words([
      (.client, Array(long.prefix(8))), (.client, Array(long.dropFirst(8).prefix(4))),
      (.client, Array(long.dropFirst(12)) + Self.frame(0x80, Array("rest".utf8))),
      (.client, Self.frame(0x81, Array("a".utf8)) + Self.frame(0x81, []) + Self.frame(0x89, [])),
    ])
    #expect(
      told.suffix(4) == [
        "text: first part", "goes on", "goes on, then continued: rest",
        "text: a, and 2 more frames",
      ])
  }

  @Test func `what a message says can't reach a terminal or a page raw`() {
    let told = Self.words([(.client, Self.frame(0x81, Array("\u{1b}[31mred and more".utf8)))])
    #expect(told.last == "text: \\x1b[31mred and more")
  }

  @Test func `behind what is no frame nothing is told`() {
    #expect(Self.words([(.client, [0x83, 0x80, 1, 2, 3, 4, 5])]).last == .some(nil))
  }
}
