import Flows
import Packets
import Testing

@testable import Identify

@Suite struct QUICTests {
  @Test func `the Initial packet of RFC 9001 opens and tells the server's name`() {
    let found = recognised(Conversation(.udp, [(.client, QUICSamples.client)]))
    #expect(found?.application == "quic")
    #expect(found?.strength == .proven)
    #expect(found?.clientIs == .client)
    #expect(fact(.serverName, of: found) == "example.com")
    #expect(fact(.alpn, of: found) == "alpn")
    #expect(fact(.version, of: found) == "QUIC 1")
  }

  @Test func `the server's packet opens with the same connection identifier`() {
    let found = recognised(
      Conversation(.udp, [(.client, QUICSamples.client), (.server, QUICSamples.server)]))
    #expect(fact(.cipher, of: found) == "TLS_AES_128_GCM_SHA256")
  }

  @Test(arguments: [6, 17, 19, 40, 1_199])
  func `a changed byte closes the packet`(offset: Int) {
    var bent = QUICSamples.client
    bent[offset] ^= 4
    #expect(recognised(Conversation(.udp, [(.client, bent)])) == nil)
  }

  @Test func `keys of version 2 are those of RFC 9369`() {
    // Appendix A.4 of RFC 9369: the sample's mask is shown by the first byte and the number of the
    // protected packet.
    let keys = QUICKeys(
      version: QUICVersion(rawValue: 0x6b33_43cf),
      salt: QUICVersion(rawValue: 0x6b33_43cf).salts[0],
      connection: hex("8394c8f03e515708"), ofClient: true)
    #expect(
      keys.headerMask(sample: hex("ffe67b6abcdb4298b485dd04de806071")).prefix(5)
        == hex("94a0c95e80")[...])
  }

  @Test func `versions are negotiated with both connection identifiers`() {
    let asked =
      hex("ca1a2a3a4a 08 0102030405060708 04 a1a2a3a4") + [UInt8](repeating: 0x5e, count: 1_183)
    let answer = hex("80 00000000 04 a1a2a3a4 08 0102030405060708 00000001 6b3343cf")
    let found = recognised(Conversation(.udp, [(.client, asked), (.server, answer)]))
    #expect(found?.application == "quic")
    #expect(found?.strength == .proven)
    var other = answer
    other[7] ^= 1
    #expect(recognised(Conversation(.udp, [(.client, asked), (.server, other)])) == nil)
  }

  @Test func `a packet that the capture cut is told by its lengths`() {
    var conversation = Conversation(.udp, [(.client, Array(QUICSamples.client[..<200]))])
    let turn = conversation.turns[0]
    conversation.turns = [
      Turn(side: .client, time: turn.time, packet: 1, range: 0..<200, length: 1_200)
    ]
    let found = recognised(conversation)
    #expect(found?.application == "quic")
    #expect(found?.strength == .oneSided)
  }

  @Test func `cut anywhere it is QUIC or nothing`() {
    expectNoWrongName("quic", .udp, [(.client, QUICSamples.client)])
    expectNoWrongName("quic", .udp, [(.client, QUICSamples.client), (.server, QUICSamples.server)])
  }

  @Test func `crypto frames in any order are joined`() {
    let pieces = [(4, [5, 6]), (0, [1, 2, 3]), (2, [3, 4, 5])].map {
      QUICFrames.Piece(offset: $0.0, bytes: $0.1.map(UInt8.init))
    }
    #expect(QUICFrames.join(pieces) == [1, 2, 3, 4, 5, 6])
    #expect(QUICFrames.join(Array(pieces.prefix(1))) == [])
  }
}
