import Flows
import Packets
import Testing

@testable import Identify

@Suite struct TLSTests {
  /// The records of RFC 8448 section 3.
  static let clientHello = hex(
    """
    16030100c4010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece700000613011303
    1302010000910000000b0009000006736572766572ff01000100000a00140012001d00170018001901000101010201030104
    00230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003
    020304000d0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c000240
    01
    """)
  static let serverHello = hex(
    """
    160303005a020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00
    330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304
    """)

  @Test func `both hellos of RFC 8448 are TLS 1.3`() {
    let found = recognised(
      Conversation(.tcp, [(.client, Self.clientHello), (.server, Self.serverHello)]))
    #expect(found?.application == "tls")
    #expect(found?.strength == .answered)
    #expect(found?.clientIs == .client)
    #expect(fact(.serverName, of: found) == "server")
    #expect(fact(.version, of: found) == "TLS 1.3")
    #expect(fact(.cipher, of: found) == "TLS_AES_128_GCM_SHA256")
  }

  @Test func `a client hello alone is one side of TLS`() {
    let found = recognised(Conversation(.tcp, [(.client, Self.clientHello)]))
    #expect(found?.application == "tls")
    #expect(found?.strength == .oneSided)
    #expect(fact(.version, of: found) == "TLS 1.3")
  }

  @Test func `a called side that speaks first as TLS client is the client of TLS`() {
    let found = recognised(
      Conversation(.tcp, [(.server, Self.clientHello), (.client, Self.serverHello)]))
    #expect(found?.application == "tls")
    #expect(found?.clientIs == .server)
  }

  @Test func `a hello in fragments is put together`() {
    let body = Array(Self.clientHello[5...])
    var split: [UInt8] = []
    for part in [body[..<3], body[3..<50], body[50...]] {
      split += [22, 3, 1, 0, UInt8(part.count)] + part
    }
    let found = recognised(Conversation(.tcp, [(.client, split), (.server, Self.serverHello)]))
    #expect(found?.strength == .answered)
    #expect(fact(.serverName, of: found) == "server")
  }

  @Test func `an alert answers a hello`() {
    let found = recognised(
      Conversation(.tcp, [(.client, Self.clientHello), (.server, hex("15030300020228"))]))
    #expect(found?.strength == .answered)
    #expect(fact(.error, of: found) == "handshake_failure")
  }

  @Test func `a server that answers a hello in clear text does not speak TLS`() {
    let answer = Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
    #expect(
      recognised(Conversation(.tcp, [(.client, Self.clientHello), (.server, answer)]))?.application
        != "tls")
  }

  @Test func `an echo of the hello is not TLS`() {
    let said = [(Side.client, Self.clientHello), (.server, Self.clientHello)]
    #expect(recognised(Conversation(.tcp, said)) == nil)
  }

  @Test func `a hello of SSL 2.0 form is recognised with its version`() {
    // RFC 5246 appendix E.2: type, version, lengths of cipher specifications, session and
    // challenge.
    let hello =
      hex("802b010301001200000010") + hex("000004000005 00000a 010080 000009 000003")
      + [UInt8](repeating: 7, count: 16)
    let found = recognised(Conversation(.tcp, [(.client, hello)]))
    #expect(found?.application == "tls")
    #expect(fact(.version, of: found) == "TLS 1.0")
  }

  @Test func `a certificate of TLS 1.2 tells subject and issuer`() {
    func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag, UInt8(content.count)] + content
    }
    func name(_ text: String) -> [UInt8] {
      tagged(0x30, tagged(0x31, tagged(0x30, [6, 3, 0x55, 4, 3] + tagged(0x0c, Array(text.utf8)))))
    }
    let signed =
      [0xa0, 3, 2, 1, 2] + tagged(2, [1]) + tagged(0x30, [6, 1, 0x2a]) + name("Test CA")
      + tagged(
        0x30,
        tagged(0x17, Array("500101000000Z".utf8)) + tagged(0x18, Array("20500630120000Z".utf8)))
      + name("box.example")
    let certificate = tagged(0x30, tagged(0x30, signed))
    func counted(_ bytes: [UInt8]) -> [UInt8] { [0, 0, UInt8(bytes.count)] + bytes }
    let hello: [UInt8] = [3, 3] + [UInt8](repeating: 9, count: 32) + [0, 0xc0, 0x2f, 0]
    let messages = [2] + counted(hello) + [11] + counted(counted(counted(certificate)))
    let server = [22, 3, 3, 0, UInt8(messages.count)] + messages
    let found = recognised(Conversation(.tcp, [(.client, Self.clientHello), (.server, server)]))
    #expect(fact(.version, of: found) == "TLS 1.2")
    #expect(fact(.certificateSubject, of: found) == "box.example")
    #expect(fact(.certificateIssuer, of: found) == "Test CA")
    #expect(fact(.certificateNotBefore, of: found) == "1950-01-01T00:00:00Z")
    #expect(fact(.certificateNotAfter, of: found) == "2050-06-30T12:00:00Z")
    #expect(fact(.certificateSelfIssued, of: found) == nil)
  }

  @Test func `an alert in clear after the hello is told, an encrypted one is not`() {
    func counted(_ bytes: [UInt8]) -> [UInt8] { [0, 0, UInt8(bytes.count)] + bytes }
    func record(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      [type, 3, 3, 0, UInt8(bytes.count)] + bytes
    }
    let hello: [UInt8] = [3, 3] + [UInt8](repeating: 9, count: 32) + [0, 0xc0, 0x2f, 0]
    let server = record(22, [2] + counted(hello))
    func error(_ client: [UInt8], _ more: [UInt8] = []) -> String? {
      fact(
        .error,
        of: recognised(
          Conversation(
            .tcp, [(.client, Self.clientHello), (.server, server + more), (.client, client)])))
    }
    #expect(error(record(21, [2, 45])) == "certificate_expired")
    #expect(error([], record(21, [2, 40])) == "handshake_failure")
    #expect(error(record(21, [1, 0])) == nil)
    #expect(error(record(20, [1]) + record(21, [2, 45])) == nil)
    #expect(error(record(21, [2, 45, 9])) == nil)
  }

  @Test(
    arguments: [
      ("17", "491231235960Z", "2049-12-31T23:59:60Z"), ("17", "20500630120000Z", nil),
      ("18", "99991231235959Z", "9999-12-31T23:59:59Z"), ("18", "20501330120000Z", nil),
      ("17", "4912312359+000", nil), ("17", "491231235959", nil), ("17", "", nil),
    ] as [(String, String, String?)])
  func `a certificate's time is read in both of its forms, or not at all`(
    _ tag: String, _ text: String, _ told: String?
  ) throws {
    func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag, UInt8(content.count)] + content
    }
    let name = tagged(
      0x30, tagged(0x31, tagged(0x30, [6, 3, 0x55, 4, 3] + tagged(0x0c, Array("a".utf8)))))
    let time = tagged(try #require(UInt8(tag, radix: 16)), Array(text.utf8))
    let signed =
      tagged(2, [1]) + tagged(0x30, [6, 1, 0x2a]) + name + tagged(0x30, time + time) + name
    let certificate = try #require(Certificate(tagged(0x30, tagged(0x30, signed))[...]))
    #expect(certificate.isSelfIssued)
    #expect(certificate.validity.from == told && certificate.validity.to == told)
  }

  @Test func `chains of records on both sides are TLS where the start was missed`() {
    func record(_ count: Int) -> [UInt8] {
      [23, 3, 3, 0, UInt8(count)] + (0..<count).map { UInt8($0 ^ 0x5a) }
    }
    var conversation = Conversation(
      .tcp,
      [
        (.client, hex("99887766")), (.client, record(40) + record(60)),
        (.server, record(80) + record(30)),
      ],
      knowsClient: false)
    conversation.client.beginsAtStart = false
    conversation.server.beginsAtStart = false
    let found = recognised(conversation)
    #expect(found?.application == "tls")
    #expect(found?.clientIs == nil)
    conversation.client.bytes[4 + 45] = 0x17 ^ 0xff
    #expect(recognised(conversation) == nil)
  }

  @Test(arguments: [5, 8, 43, 45, 52, 55, 59])
  func `a length that does not add up is no TLS`(offset: Int) {
    var bent = Self.clientHello
    bent[offset] ^= 0x41
    #expect(recognised(Conversation(.tcp, [(.client, bent)])) == nil)
  }

  @Test func `cut anywhere it is TLS or nothing`() {
    expectNoWrongName("tls", .tcp, [(.client, Self.clientHello), (.server, Self.serverHello)])
  }
}
