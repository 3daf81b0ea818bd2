import Flows
import Packets
import Testing

@testable import Identify

@Suite struct BitTorrentTests {
  private static func handshake(_ peer: String, hash: UInt8 = 0xab) -> [UInt8] {
    [19] + Array("BitTorrent protocol".utf8) + [0, 0, 0, 0, 0, 0x10, 0, 5]
      + [UInt8](repeating: hash, count: 20)
      + Array(peer.utf8)
  }

  @Test func `two handshakes of one info hash prove it`() {
    let said = [
      (Side.client, Self.handshake("-UT3550-abcdefghijkl")),
      (.server, Self.handshake("-TR2940-abcdefghijkl")),
    ]
    let found = recognised(Conversation(.tcp, said))
    #expect(found?.application == "bittorrent")
    #expect(found?.strength == .proven)
    #expect(fact(.userAgent, of: found) == "UT3550")
    #expect(fact(.hash, of: found) == String(repeating: "ab", count: 20))
    expectNoWrongName("bittorrent", .tcp, said)
  }

  /// BEP 5's own examples of a ping and its answer.
  private static let ping = Array("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe".utf8)
  private static let pong = Array("d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re".utf8)

  @Test func `a hash table's answer repeats the transaction`() {
    let found = recognised(Conversation(.udp, [(.client, Self.ping), (.server, Self.pong)]))
    #expect(found?.application == "bittorrent")
    #expect(found?.strength == .proven)
    #expect(fact(.method, of: found) == "ping")
    expectNoWrongName("bittorrent", .udp, [(.client, Self.ping), (.server, Self.pong)])
  }

  @Test func `a tracker repeats the transaction of a connect request`() {
    let asked = hex("0000041727101980 00000000 0badcafe")
    let answer = hex("00000000 0badcafe 1122334455667788")
    #expect(recognised(Conversation(.udp, [(.client, asked)]))?.strength == .oneSided)
    #expect(
      recognised(Conversation(.udp, [(.client, asked), (.server, answer)]))?.strength == .proven)
    expectNoWrongName("bittorrent", .udp, [(.client, asked), (.server, answer)])
  }

  @Test func `uTP's first answer acknowledges the SYN`() {
    let syn = hex("41 00 1234 00000001 00000000 00100000 0001 0000")
    let state = hex("21 00 1234 00000002 00000001 00100000 7777 0001")
    #expect(recognised(Conversation(.udp, [(.client, syn)])) == nil)
    let found = recognised(Conversation(.udp, [(.client, syn), (.server, state)]))
    #expect(found?.application == "bittorrent")
    expectNoWrongName("bittorrent", .udp, [(.client, syn), (.server, state)])
    var other = state
    other[19] = 2
    #expect(recognised(Conversation(.udp, [(.client, syn), (.server, other)])) == nil)
  }

  @Test func `a search for local peers names its info hash`() {
    let search = Array(
      "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: \(String(repeating: "0a", count: 20))\r\n\r\n\r\n"
        .utf8)
    #expect(recognised(Conversation(.udp, [(.client, search)]))?.application == "bittorrent")
  }

  @Test func `values nested too deep are refused`() {
    #expect(
      Bencoding(
        Array((String(repeating: "l", count: 5_000) + String(repeating: "e", count: 5_000)).utf8))
        == nil)
    #expect(Bencoding(Array("99999999999999999999:a".utf8)) == nil)
    #expect(Bencoding(Array("i-e".utf8)) == nil)
  }
}
