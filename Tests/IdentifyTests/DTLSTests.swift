import Flows
import Packets
import Testing

@testable import Identify

@Suite struct DTLSTests {
  private static func record(
    _ content: UInt8, epoch: UInt8 = 0, sequence: UInt8, version: [UInt8] = [0xfe, 0xfd],
    _ fragment: [UInt8]
  ) -> [UInt8] {
    [content] + version + [0, epoch, 0, 0, 0, 0, 0, sequence, 0, UInt8(fragment.count)] + fragment
  }

  private static func handshake(_ type: UInt8, _ sequence: UInt8, _ body: [UInt8]) -> [UInt8] {
    let count = UInt8(body.count)
    return [type, 0, 0, count, 0, sequence, 0, 0, 0, 0, 0, count] + body
  }

  /// RFC 6347 section 4.2.1: version, random, session, cookie, cipher suites, compression,
  /// extensions.
  private static func clientHello(cookie: [UInt8], sequence: UInt8) -> [UInt8] {
    let body =
      [0xfe, 0xfd] + [UInt8](repeating: 0x5c, count: 32) + [0, UInt8(cookie.count)] + cookie
      + [0, 2, 0xc0, 0x2b, 1, 0] + [0, 13, 0, 0, 0, 9, 0, 7, 0, 0, 4] + Array("host".utf8)
    return record(22, sequence: sequence, handshake(1, sequence, body))
  }

  private static let verify = record(
    22, sequence: 0, version: [0xfe, 0xff], handshake(3, 0, [0xfe, 0xff, 4, 1, 2, 3, 4]))
  private static let serverHello = record(
    22, sequence: 1,
    handshake(2, 1, [0xfe, 0xfd] + [UInt8](repeating: 3, count: 32) + [0, 0xc0, 0x2b, 0]))

  @Test func `a cookie that comes back proves DTLS`() {
    let said: [(Side, [UInt8])] = [
      (.client, Self.clientHello(cookie: [], sequence: 0)), (.server, Self.verify),
      (.client, Self.clientHello(cookie: [1, 2, 3, 4], sequence: 1)), (.server, Self.serverHello),
    ]
    let found = recognised(Conversation(.udp, said))
    #expect(found?.application == "dtls")
    #expect(found?.strength == .proven)
    #expect(fact(.serverName, of: found) == "host")
    #expect(fact(.version, of: found) == "DTLS 1.2")
    #expect(fact(.cipher, of: found) == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
    expectNoWrongName("dtls", .udp, said)
  }

  @Test func `a hello alone is one side of DTLS`() {
    let found = recognised(
      Conversation(.udp, [(.client, Self.clientHello(cookie: [], sequence: 0))]))
    #expect(found?.application == "dtls")
    #expect(found?.strength == .oneSided)
  }

  @Test func `a hello that the first datagram's receiver sends makes it the client`() {
    let said: [(Side, [UInt8])] = [
      (.client, Self.serverHello), (.server, Self.clientHello(cookie: [], sequence: 2)),
    ]
    #expect(recognised(Conversation(.udp, said))?.clientIs == .server)
  }

  @Test func `records of a connection whose start was missed agree in epoch and rise in sequence`()
  {
    let data = (1...3).map {
      Self.record(23, epoch: 1, sequence: $0, [UInt8](repeating: $0, count: 40))
    }
    #expect(recognised(Conversation(.udp, data.map { (.client, $0) }))?.application == "dtls")
    #expect(recognised(Conversation(.udp, [(.client, data[0])])) == nil)
    #expect(recognised(Conversation(.udp, [(.client, data[0]), (.client, data[0])])) == nil)
  }

  @Test func `a record that does not fill its datagram is no DTLS`() {
    #expect(
      recognised(Conversation(.udp, [(.client, Self.clientHello(cookie: [], sequence: 0) + [0])]))
        == nil)
  }
}
