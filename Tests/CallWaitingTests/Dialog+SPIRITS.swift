import Flows

/// Dialogs of RFC 3910: the call flow of section 5.3.13, and ICW proper of section 5.4.
enum SPIRITSDialog {
  static let subscribed = """
    <?xml version="1.0" encoding="UTF-8"?>
    <spirits-event xmlns="urn:ietf:params:xml:ns:spirits-1.0">
       <Event type="INDPs" name="TAA" mode="N">
             <CalledPartyNumber>6302240216</CalledPartyNumber>
       </Event>
    </spirits-event>
    """
  static let fired = """
    <?xml version="1.0" encoding="UTF-8"?>
    <spirits-event xmlns="urn:ietf:params:xml:ns:spirits-1.0">
       <Event type="INDPs" name="TAA" mode="N">
             <CalledPartyNumber>6302240216</CalledPartyNumber>
             <CallingPartyNumber>3125551212</CallingPartyNumber>
       </Event>
    </spirits-event>
    """
  static let busy = """
    <spirits-event xmlns="urn:ietf:params:xml:ns:spirits-1.0"><Event type="INDPs" name="TB" mode="R">\
    <CalledPartyNumber>6302240216</CalledPartyNumber><CallingPartyNumber>3125551212</CallingPartyNumber>\
    <Cause>Busy</Cause></Event></spirits-event>
    """

  static let type = "Content-Type: application/spirits-event+xml"

  /// F1 to F8: subscription, first state, and the event; the subscriber is the client.
  static func subscription(
    body: String = subscribed, status: String = "200 OK", document: String = fired,
    bodyType: String = type
  ) -> Script {
    var script = Script()
    subscribe(&script, body: body, bodyType: bodyType)
    respond(&script, .server, status, at: 0.3, "18992 SUBSCRIBE")
    notify(&script, at: 0.4, "3299 NOTIFY", state: "active")
    respond(&script, .client, "200 OK", at: 0.5, "3299 NOTIFY")
    notify(&script, at: 400, "3300 NOTIFY", state: "terminated;reason=fired", body: document)
    respond(&script, .client, "200 OK", at: 400.2, "3300 NOTIFY")
    return script
  }

  static func subscribe(_ script: inout Script, body: String, bodyType: String = type) {
    script.say(
      .client, at: 0,
      """
      SUBSCRIBE sip:myprovider.com SIP/2.0
      From: <sip:vkg@example.com>;tag=8177-afd-991
      To: <sip:16302240216@myprovider.com>
      CSeq: 18992 SUBSCRIBE
      Call-ID: 3329as77@host.example.com
      Contact: <sip:vkg@host.example.com>
      Via: SIP/2.0/UDP host.example.com;branch=z9hG4bK776asdhds
      Expires: 3600
      Event: spirits-INDPs
      Allow-Events: spirits-INDPs, spirits-user-prof
      Accept: application/spirits-event+xml
      """ + (body.isEmpty ? "" : "\n" + bodyType), body: body)
  }

  static func respond(
    _ script: inout Script, _ side: Side, _ status: String, at seconds: Double, _ sequence: String
  ) {
    script.say(
      side, at: seconds,
      """
      SIP/2.0 \(status)
      From: <sip:vkg@example.com>;tag=8177-afd-991
      To: <sip:16302240216@myprovider.com>;tag=SPIRITS-TAA-6302240216
      CSeq: \(sequence)
      Call-ID: 3329as77@host.example.com
      Via: SIP/2.0/UDP host.example.com;branch=z9hG4bK776asdhds
      """)
  }

  static func notify(
    _ script: inout Script, at seconds: Double, _ sequence: String, state: String, body: String = ""
  ) {
    script.say(
      .server, at: seconds,
      """
      NOTIFY sip:vkg@host.example.com SIP/2.0
      From: <sip:16302240216@myprovider.com>;tag=SPIRITS-TAA-6302240216
      To: <sip:vkg@example.com>;tag=8177-afd-991
      Via: SIP/2.0/UDP gateway.myprovider.com;branch=z9hG4bK-9$0-1
      Via: SIP/2.0/UDP notifier.myprovider.com;branch=z9hG4bKqo--9
      Call-ID: 3329as77@host.example.com
      CSeq: \(sequence)
      Subscription-State: \(state)
      Event: spirits-INDPs
      """ + (body.isEmpty ? "" : "\n" + type), body: body)
  }

  /// ICW proper: the notifier's INVITE with two parts, answered by the subscriber.
  static func callWaiting(
    _ status: String, at seconds: Double = 8, contact: String? = nil, session: Bool = false,
    parts: String? = nil, isAcknowledged: Bool = true
  ) -> Script {
    var script = Script()
    let parts =
      parts ?? """
        --icw
        Content-Type: application/sdp

        \(PINTDialog.session)
        --icw
        Content-Type: application/spirits-event+xml

        \(busy)
        --icw--

        """
    script.say(
      .client, at: 0,
      """
      INVITE sip:6302240216@host.example.com SIP/2.0
      v: SIP/2.0/UDP notifier.myprovider.com;branch=z9hG4bKicw
      f: "John Doe" <sip:3125551212@myprovider.com>;tag=1
      t: <sip:6302240216@myprovider.com>
      i: icw-1@notifier.myprovider.com
      CSeq: 1 INVITE
      c: multipart/mixed; boundary="icw"
      """, body: parts)
    script.say(.server, at: 0.3, answer("180 Ringing", "1 INVITE"))
    let more =
      (contact.map { "\nContact: \($0)" } ?? "")
      + (session ? "\nContent-Type: application/sdp" : "")
    script.say(
      .server, at: seconds, answer(status, "1 INVITE") + more,
      body: session ? PINTDialog.session : "")
    if isAcknowledged {
      script.say(
        .client, at: seconds + 0.1,
        """
        ACK sip:6302240216@host.example.com SIP/2.0
        Via: SIP/2.0/UDP notifier.myprovider.com;branch=z9hG4bKicw
        From: <sip:3125551212@myprovider.com>;tag=1
        To: <sip:6302240216@myprovider.com>;tag=2
        Call-ID: icw-1@notifier.myprovider.com
        CSeq: 1 ACK
        """)
    }
    return script
  }

  static func answer(_ status: String, _ sequence: String) -> String {
    """
    SIP/2.0 \(status)
    Via: SIP/2.0/UDP notifier.myprovider.com;branch=z9hG4bKicw
    From: <sip:3125551212@myprovider.com>;tag=1
    To: <sip:6302240216@myprovider.com>;tag=2
    Call-ID: icw-1@notifier.myprovider.com
    CSeq: \(sequence)
    """
  }
}
