import Flows
import Packets
import Testing

@testable import Identify

@Suite struct GoogleQUICTests {
  /// A public header with version and identifier, a packet number, a hash, a stream frame, and a
  /// CHLO of two tags.
  private static let client =
    hex("09 0102030405060708") + Array("Q043".utf8) + hex("01 000102030405060708090a0b a00100 0400")
    + Array("CHLO".utf8) + hex("02000000") + Array("SNI".utf8) + [0, 7, 0, 0, 0]
    + Array("UAID".utf8)
    + [11, 0, 0, 0] + Array("box.lan".utf8) + Array("test".utf8)
  private static let server = hex("08 0102030405060708 01") + [UInt8](repeating: 0x3c, count: 40)

  @Test func `the server repeats the connection identifier`() {
    let said = [(Side.client, Self.client), (.server, Self.server)]
    let found = recognised(Conversation(.udp, said))
    #expect(found?.application == "gquic")
    #expect(found?.strength == .proven)
    #expect(fact(.serverName, of: found) == "box.lan")
    #expect(fact(.userAgent, of: found) == "test")
    #expect(fact(.version, of: found) == "Q043")
    expectNoWrongName("gquic", .udp, said)
  }

  @Test func `another identifier is no answer, another version is none`() {
    var other = Self.server
    other[3] ^= 1
    #expect(
      recognised(Conversation(.udp, [(.client, Self.client), (.server, other)]))?.strength
        == .oneSided)
    var bent = Self.client
    bent[9] = 0x52
    #expect(recognised(Conversation(.udp, [(.client, bent), (.server, Self.server)])) == nil)
  }
}
