import Testing

@testable import Identify

@Suite struct SIPMessageTests {
  /// The INVITE of RFC 3261 section 24.2, with compact names and a folded field.
  static let invite = Array(
    [
      "INVITE sip:bob@biloxi.com SIP/2.0", "v: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8",
      "Max-Forwards: 70", "t: Bob <sip:bob@biloxi.com>",
      "f: Alice <sip:alice@atlanta.com>;tag=1928301774",
      "i: a84b4c76e66710@pc33.atlanta.com", "CSeq: 314159 INVITE", "Subject: I know you're there,",
      "  pick up the phone", "m: <sip:alice@pc33.atlanta.com>", "c: application/sdp", "l: 5", "",
      "v=0\r\n",
    ].joined(separator: "\r\n").utf8)

  static func message(_ bytes: [UInt8], isDatagram: Bool = true) -> SIPMessage? {
    if case .message(let message) = SIPMessage.read(bytes[...], isDatagram: isDatagram) {
      return message
    }
    return nil
  }

  @Test func `a request is read with its compact and folded fields`() throws {
    let message = try #require(Self.message(Self.invite))
    #expect(message.start == .request(method: "INVITE", uri: "sip:bob@biloxi.com"))
    #expect(message["via"] == "SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8")
    #expect(message["subject"] == "I know you're there, pick up the phone")
    #expect(message.callID == "a84b4c76e66710@pc33.atlanta.com")
    #expect(message.sequence?.number == 314_159)
    #expect(message.sequence?.method == "INVITE")
    #expect(message.body == Array("v=0\r\n".utf8))
    #expect(message.isWhole)
    #expect(message.length == Self.invite.count)
    #expect(message.hasSessionDescription)
    let place = try #require(message.place(of: "subject"))
    #expect(Self.invite[place.offset...].starts(with: Array("Subject: I know".utf8)))
    #expect(place.length == "Subject: I know you're there,\r\n  pick up the phone".utf8.count)
  }

  @Test func `a response is read with its status`() throws {
    let message = try #require(
      Self.message(Array("SIP/2.0 180 Ringing Now\r\nCSeq: 1 INVITE\r\n\r\n".utf8)))
    #expect(message.start == .response(status: 180, reason: "Ringing Now"))
    #expect(message.method == "INVITE")
    #expect(!message.isRequest)
    #expect(Self.message(Array("SIP/2.0 200\r\n\r\n".utf8))?.status == 200)
  }

  @Test(
    arguments: [
      "GET / HTTP/1.1\r\n\r\n", "OPTIONS * RTSP/1.0\r\n\r\n", "INVITE sip:a@b SIP/3.0\r\n\r\n",
      "INVITE bob SIP/2.0\r\n\r\n", "INVITE  sip:a SIP/2.0\r\n\r\n", "SIP/2.0 099 Low\r\n\r\n",
      "SIP/2.0 700 High\r\n\r\n", "SIP/2.0 20x\r\n\r\n", "SIP/2.0OK\r\n\r\n",
      "IN VITE sip:a SIP/2.0\r\n\r\n",
      "INVITE : SIP/2.0\r\n\r\n", "\r\n\r\n", "INVITE sip:a SIP/2.0\r\nno colon\r\n\r\n",
      "INVITE sip:a SIP/2.0\r\n folded first\r\n\r\n", "INVITE sip:a SIP/2.0\r\nVia: \u{1}\r\n\r\n",
    ])
  func `what is no SIP is refused`(text: String) {
    #expect(SIPMessage.read(Array(text.utf8)[...], isDatagram: true) == .notSIP)
  }

  @Test(arguments: invite.indices)
  func `a cut message is never whole`(count: Int) {
    for isDatagram in [true, false] {
      switch SIPMessage.read(Self.invite[..<count], isDatagram: isDatagram) {
      case .message(let message): #expect(!message.isWhole)
      case .incomplete: break
      case .notSIP: Issue.record("refused at \(count)")
      }
    }
  }

  @Test func `without a length a datagram is all body and a stream has none`() {
    let bytes = Array("OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\nmore".utf8)
    #expect(Self.message(bytes)?.body == Array("more".utf8))
    #expect(Self.message(bytes, isDatagram: false)?.body == [])
    #expect(Self.message(bytes, isDatagram: false)?.length == bytes.count - 4)
  }

  @Test(arguments: ["-1", "99999999999999999999", "x", "", "4294967296"])
  func `an impossible length is passed over or never whole`(length: String) {
    let bytes = Array("OPTIONS sip:a SIP/2.0\r\nContent-Length: \(length)\r\n\r\nmore".utf8)
    #expect(Self.message(bytes)?.body == Array("more".utf8))
  }

  @Test func `fields and their length are bounded`() throws {
    let many = (0..<500).map { "X-\($0): 1\r\n" }.joined()
    let message = try #require(Self.message(Array("OPTIONS sip:a SIP/2.0\r\n\(many)\r\nbody".utf8)))
    #expect(message.headers.count == SIPMessage.mostHeaders)
    #expect(message.body == Array("body".utf8))
    let long = "X: " + String(repeating: "a", count: 9_000)
    #expect(Self.message(Array("OPTIONS sip:a SIP/2.0\r\n\(long)\r\n\r\n".utf8)) == nil)
    let folded = "X: a" + String(repeating: "\r\n b", count: 4_000)
    #expect(Self.message(Array("OPTIONS sip:a SIP/2.0\r\n\(folded)\r\n\r\n".utf8)) == nil)
  }

  static func parts(_ type: String, _ body: String) -> [SIPMessage.Part] {
    let head = "INVITE sip:a SIP/2.0\r\nContent-Type: \(type)\r\n\r\n"
    return message(Array((head + body).utf8))?.parts ?? []
  }

  @Test func `a multipart body is taken apart, also one inside another`() {
    let inner = "--i\r\nContent-Type: text/x\r\n\r\nX\r\n--i--\r\n"
    let body =
      "preamble\r\n--o\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--o\r\n"
      + "Content-Type: multipart/mixed; boundary=\"i\"\r\n\r\n\(inner)\r\n--o--\r\nepilogue"
    let parts = Self.parts("Multipart/Mixed; boundary=o", body)
    #expect(parts.map(\.type) == ["application/sdp", "text/x"])
    #expect(parts.map(\.bytes) == [Array("v=0\r\n".utf8), Array("X".utf8)])
  }

  @Test func `multiparts nest to a bound`() {
    var body = "--d0\r\nContent-Type: text/deep\r\n\r\nX\r\n--d0--\r\n"
    for depth in 1..<10 {
      body =
        "--d\(depth)\r\nContent-Type: multipart/mixed; boundary=d\(depth - 1)\r\n\r\n\(body)\r\n--d\(depth)--\r\n"
    }
    #expect(!Self.parts("multipart/mixed; boundary=d9", body).map(\.type).contains("text/deep"))
  }

  @Test func `a part's place points at its bytes`() throws {
    let head = "INVITE sip:a SIP/2.0\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n"
    let bytes = Array((head + "--b\r\nContent-Type: text/a\r\n\r\nhello\r\n--b--\r\n").utf8)
    let part = try #require(Self.message(bytes)?.parts.first)
    #expect(Array(bytes[part.offset..<part.offset + part.bytes.count]) == Array("hello".utf8))
  }

  @Test(
    arguments: [
      ("\"A. Bell\" <sip:+31201234567@h;user=phone>;tag=1", "+31201234567", "A. Bell"),
      ("<tel:+31-20-123.4567;phone-context=x>", "+31201234567", nil),
      ("sip:16302240216@h;tag=2", "16302240216", nil),
      ("Bob <sips:0612345678:pw@h>", "0612345678", "Bob"),
      ("<sip:bob@h>", nil, nil), ("\"a <b\" <sip:112@h>", "112", "a <b"),
      ("<sip:+3120;phone-context=y@h>", "+3120", nil), ("sip:h", nil, nil),
    ] as [(String, String?, String?)])
  func `numbers and names come out of addresses`(text: String, number: String?, name: String?)
    throws
  {
    let address = try #require(SIPAddress(text))
    #expect(address.number == number)
    #expect(address.displayName == name)
  }

  @Test(arguments: ["", "<", "<>", "bob", ":", "<sip:a", ";tag=1", "\""])
  func `what is no address is none`(text: String) {
    #expect(SIPAddress(text) == nil)
  }
}
