import Flows
import Packets
import Testing

@testable import Identify

@Suite struct STUNTests {
  /// RFC 5769 sections 2.1 and 2.2.
  static let request = hex(
    """
    000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff8029
    0008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
    80280004e57a3bcf
    """)
  static let response = hex(
    """
    0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a6430008
    00142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96
    """)

  @Test func `the fingerprint of RFC 5769 proves a request`() {
    let found = recognised(Conversation(.udp, [(.client, Self.request)]))
    #expect(found?.application == "stun")
    #expect(found?.strength == .proven)
    #expect(fact(.userAgent, of: found) == "STUN test client")
    #expect(fact(.user, of: found) == "evtj:h6vY")
  }

  @Test func `a wrong fingerprint proves nothing`() {
    var bent = Self.request
    bent[107] ^= 1
    #expect(recognised(Conversation(.udp, [(.client, bent)]))?.strength == .oneSided)
  }

  @Test func `the answer repeats the transaction, over UDP and TCP`() {
    for transport in [Transport.udp, .tcp] {
      let found = recognised(
        Conversation(transport, [(.client, Self.request), (.server, Self.response)]))
      #expect(found?.application == "stun")
      #expect(found?.strength == .proven)
      #expect(found?.clientIs == .client)
    }
  }

  @Test func `without a cookie only the repeated transaction counts`() {
    let transaction = (1...16).map { UInt8($0 * 11) }
    let request = hex("00010000") + transaction
    let answer = hex("0101000c") + transaction + hex("0001000800010d96c0000201")
    #expect(recognised(Conversation(.udp, [(.client, request)])) == nil)
    #expect(
      recognised(Conversation(.udp, [(.client, request), (.server, answer)]))?.strength == .proven)
    var other = answer
    other[5] ^= 1
    #expect(recognised(Conversation(.udp, [(.client, request), (.server, other)])) == nil)
  }

  @Test func `attributes that do not fill the message are no STUN`() {
    var bent = Self.request
    bent[23] = 0x80
    #expect(recognised(Conversation(.udp, [(.client, bent)])) == nil)
  }

  @Test func `cut anywhere it is STUN or nothing`() {
    expectNoWrongName("stun", .udp, [(.client, Self.request), (.server, Self.response)])
    expectNoWrongName("stun", .tcp, [(.client, Self.request), (.server, Self.response)])
  }
}
