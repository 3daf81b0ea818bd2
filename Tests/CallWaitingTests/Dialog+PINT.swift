import Flows

/// Dialogs of RFC 2995 section 3 (Korea Telecom) and section 6 (Telia), rebuilt from its call flows.
enum PINTDialog {
  /// The subscriber's PC registers every 20 seconds; the network's alert comes at second 65.
  static func koreaTelecom(
    final: String, at seconds: Double = 72, contact: String? = nil, subject: String? = "success",
    registers: Int = 4
  ) -> Script {
    var script = registered(registers)
    invite(&script, at: 65, id: "call-1")
    answer(&script, final, at: seconds, id: "call-1", contact: contact)
    confirm(&script, "ACK", at: seconds + 0.1, id: "call-1")
    if let subject {
      script.say(
        .server, at: seconds + 5,
        """
        BYE sip:0201234567@192.0.2.7 SIP/2.0
        Via: SIP/2.0/UDP icw.example.net
        From: <sip:0301112222@icw.example.net>
        To: <sip:0201234567@icw.example.net>
        Call-ID: call-1
        CSeq: 2 BYE
        Subject: \(subject)
        """)
      respond(&script, .client, "200 OK", at: seconds + 5.1, id: "call-1", sequence: "2 BYE")
    }
    return script
  }

  static func registered(_ count: Int) -> Script {
    var script = Script()
    for index in 0..<count {
      let seconds = Double(index) * 20
      script.say(
        .client, at: seconds,
        """
        REGISTER sip:icw.example.net SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.7:3699
        From: <sip:0201234567@icw.example.net>
        To: <sip:0201234567@icw.example.net>
        Call-ID: session-9
        CSeq: \(index + 1) REGISTER
        Contact: <sip:0201234567@192.0.2.7:3699>
        Expires: 40
        """)
      respond(
        &script, .server, "200 OK", at: seconds + 0.2, id: "session-9",
        sequence: "\(index + 1) REGISTER")
    }
    return script
  }

  static func invite(_ script: inout Script, at seconds: Double, id: String, body: String = "") {
    let type = body.isEmpty ? "" : "\nContent-Type: application/sdp"
    script.say(
      .server, at: seconds,
      """
      INVITE sip:0201234567@192.0.2.7:3699 SIP/2.0
      Via: SIP/2.0/UDP icw.example.net
      From: "Jan de Vries" <sip:0301112222@icw.example.net>
      To: <sip:0201234567@icw.example.net>
      Call-ID: \(id)
      CSeq: 1 INVITE\(type)
      """, body: body)
    respond(&script, .client, "100 Trying", at: seconds + 0.15, id: id, sequence: "1 INVITE")
  }

  static func answer(
    _ script: inout Script, _ status: String, at seconds: Double, id: String,
    contact: String? = nil,
    body: String = ""
  ) {
    respond(
      &script, .client, status, at: seconds, id: id, sequence: "1 INVITE",
      more: (contact.map { "\nContact: \($0)" } ?? "")
        + (body.isEmpty ? "" : "\nContent-Type: application/sdp"), body: body)
  }

  static func confirm(_ script: inout Script, _ method: String, at seconds: Double, id: String) {
    script.say(
      .server, at: seconds,
      """
      \(method) sip:0201234567@192.0.2.7:3699 SIP/2.0
      Via: SIP/2.0/UDP icw.example.net
      From: <sip:0301112222@icw.example.net>
      To: <sip:0201234567@icw.example.net>
      Call-ID: \(id)
      CSeq: 1 \(method)
      """)
  }

  static func respond(
    _ script: inout Script, _ side: Side, _ status: String, at seconds: Double, id: String,
    sequence: String, more: String = "", body: String = ""
  ) {
    script.say(
      side, at: seconds,
      """
      SIP/2.0 \(status)
      Via: SIP/2.0/UDP 192.0.2.7:3699
      From: <sip:caller@icw.example.net>
      To: <sip:0201234567@icw.example.net>
      Call-ID: \(id)
      CSeq: \(sequence)\(more)
      """, body: body)
  }

  static let session =
    "v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\nt=0 0\nm=audio 5004 RTP/AVP 0\n"

  /// A gateway asks a redirect server on the user's PC.
  static func telia(_ status: String, contact: String, body: String = "") -> Script {
    var script = Script()
    script.say(
      .client, at: 0,
      """
      INVITE sip:+4687131000@redirect.example.se SIP/2.0
      Via: SIP/2.0/UDP gateway.example.se
      From: <sip:+4687135000@gateway.example.se;user=phone>
      To: <sip:+4687131000@gateway.example.se;user=phone>
      Call-ID: in-query-1
      CSeq: 1 INVITE
      """ + (body.isEmpty ? "" : "\nContent-Type: application/sdp"), body: body)
    script.say(
      .server, at: 6,
      """
      SIP/2.0 \(status)
      Via: SIP/2.0/UDP gateway.example.se
      From: <sip:+4687135000@gateway.example.se;user=phone>
      To: <sip:+4687131000@gateway.example.se;user=phone>
      Call-ID: in-query-1
      CSeq: 1 INVITE
      Contact: \(contact)
      """)
    script.say(
      .client, at: 6.1,
      """
      ACK sip:+4687131000@redirect.example.se SIP/2.0
      Via: SIP/2.0/UDP gateway.example.se
      From: <sip:+4687135000@gateway.example.se;user=phone>
      To: <sip:+4687131000@gateway.example.se;user=phone>
      Call-ID: in-query-1
      CSeq: 1 ACK
      """)
    return script
  }
}
