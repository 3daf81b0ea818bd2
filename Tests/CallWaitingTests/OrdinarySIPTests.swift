import Flows
import Packets
import Testing

@testable import CallWaiting

/// Telephony that looks like call waiting and is not.
@Suite struct OrdinarySIPTests {
  static func family(_ script: Script) -> Call.Carrier? {
    CallWaitingFinding(of: script.conversation()).family
  }

  @Test func `registrations alone are no family`() {
    #expect(Self.family(PINTDialog.registered(10)) == nil)
    #expect(Self.family(PINTDialog.registered(10).overTCP) == nil)
  }

  /// A registered telephone that is called, rings, and gives an answer.
  static func telephone(_ status: String, contact: String? = nil, answer: String = "") -> Script {
    var script = PINTDialog.registered(4)
    PINTDialog.invite(&script, at: 65, id: "c", body: PINTDialog.session)
    PINTDialog.answer(&script, "180 Ringing", at: 65.3, id: "c")
    PINTDialog.answer(&script, status, at: 71, id: "c", contact: contact, body: answer)
    PINTDialog.confirm(&script, "ACK", at: 71.1, id: "c")
    return script
  }

  @Test func `a telephone that answers is no family`() {
    #expect(Self.family(Self.telephone("200 OK", answer: PINTDialog.session)) == nil)
  }

  @Test(arguments: [
    "603 Decline", "486 Busy Here", "302 Moved Temporarily", "480 Gone", "303 See Other",
    "380 Alternative Service",
  ])
  func `a telephone that rang is no family, whatever it answers`(status: String) {
    #expect(Self.family(Self.telephone(status, contact: "<tel:+31612345678>")) == nil)
  }

  @Test func `a telephone that declines at once is no family`() {
    var script = PINTDialog.registered(4)
    PINTDialog.invite(&script, at: 65, id: "c", body: PINTDialog.session)
    PINTDialog.answer(&script, "603 Decline", at: 65.2, id: "c")
    PINTDialog.confirm(&script, "ACK", at: 65.3, id: "c")
    #expect(Self.family(script) == nil)
  }

  @Test func `a redirect of a call with media is no family`() {
    let script = PINTDialog.telia(
      "302 Moved", contact: "<tel:+46705551234>", body: PINTDialog.session)
    #expect(Self.family(script) == nil)
    #expect(Self.family(PINTDialog.telia("302 Moved", contact: "<sip:bob@example.se>")) == nil)
    #expect(Self.family(PINTDialog.telia("404 Not Found", contact: "<tel:+46705551234>")) == nil)
  }

  @Test func `an early answer with media between the messages is no family`() {
    var script = PINTDialog.koreaTelecom(final: "200 OK")
    for index in 0..<20 {
      script.lines.append(
        .init(
          side: .client, seconds: 73 + Double(index) * 0.02,
          bytes: [0x80, 0, 0, UInt8(index)] + [UInt8](repeating: 0xff, count: 168)))
    }
    #expect(Self.family(script) == nil)
  }

  static let nmap = """
    OPTIONS sip:nm SIP/2.0
    Via: SIP/2.0/TCP nm;branch=foo
    From: <sip:nm@nm>;tag=root
    To: <sip:nm2@nm2>
    Call-ID: 50000
    CSeq: 42 OPTIONS
    Max-Forwards: 70
    Contact: <sip:nm@nm>
    Accept: application/sdp
    """

  @Test func `nmap's probe is named and counts for nothing, answered or not`() {
    var script = Script()
    script.say(.client, at: 0, Self.nmap)
    #expect(CallWaitingFinding(of: script.conversation()).disqualified == .nmapProbe)
    PINTDialog.respond(&script, .server, "200 OK", at: 1, id: "50000", sequence: "42 OPTIONS")
    let finding = CallWaitingFinding(of: script.conversation())
    #expect(finding.disqualified == .nmapProbe)
    #expect(finding.family == nil)
    #expect(finding.signs.isEmpty)
  }

  @Test func `an attack tool's tokens without a body count for nothing`() {
    var script = Script()
    for number in 1...5 {
      script.say(
        .client, at: Double(number),
        """
        SUBSCRIBE sip:100@192.0.2.9 SIP/2.0
        Via: SIP/2.0/UDP 198.51.100.4;branch=z9hG4bK\(number)
        From: <sip:a@198.51.100.4>;tag=x
        To: <sip:100@192.0.2.9>
        Call-ID: attack-\(number)
        CSeq: \(number) SUBSCRIBE
        Event: spirits-INDPs
        Allow-Events: spirits-INDPs
        """)
      PINTDialog.respond(
        &script, .server, "200 OK", at: Double(number) + 0.1, id: "attack-\(number)",
        sequence: "\(number) SUBSCRIBE")
    }
    let finding = CallWaitingFinding(of: script.conversation())
    #expect(finding.family == nil)
    #expect(finding.disqualified == .noBody)
    #expect(!finding.signs.isEmpty)
    #expect(finding.signs.allSatisfy { $0.points == 0 })
  }

  @Test func `bytes that are no SIP find nothing`() {
    for bytes in [
      [], [0], Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xff, count: 4_000),
    ] {
      for transport in [Script().transport, .tcp] {
        let finding = CallWaitingFinding(
          of: Conversation(transport, [(.client, bytes), (.server, bytes)]))
        #expect(finding == CallWaitingFinding())
      }
    }
  }
}
