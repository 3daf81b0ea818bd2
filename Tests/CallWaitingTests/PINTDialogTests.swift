import Flows
import Testing

@testable import CallWaiting

@Suite struct PINTDialogTests {
  @Test(
    arguments: [
      ("200 OK", Call.Choice.accept), ("303 See Other", .forward),
      ("380 Alternative Service", .voiceMail),
      ("603 Decline", .reject),
    ])
  func `each of the four answers is its choice`(status: String, choice: Call.Choice) throws {
    let script = PINTDialog.koreaTelecom(final: status, contact: "<sip:0612345678@icw.example.net>")
    for script in [script, script.mirrored, script.overTCP] {
      let finding = CallWaitingFinding(of: script.conversation())
      #expect(finding.family == .sipPINT)
      #expect(finding.signs.contains { $0.sign == .pintCallWaiting && $0.points == 3 })
      let call = try #require(finding.calls.first)
      #expect(finding.calls.count == 1)
      #expect(call.choice == choice)
      #expect(call.calling == "0301112222")
      #expect(call.callingName == "Jan de Vries")
      #expect(call.called == "0201234567")
      #expect(call.answerSeconds == 7)
      #expect(call.outcome == .completed)
      #expect(call.forwardedTo == (choice == .forward ? "0612345678" : nil))
    }
  }

  @Test func `the Subject of BYE tells a failure`() {
    let script = PINTDialog.koreaTelecom(final: "380 Alternative Service", subject: "failure")
    #expect(CallWaitingFinding(of: script.conversation()).calls.first?.outcome == .failed)
  }

  @Test func `accepting ends the capture without BYE`() {
    let script = PINTDialog.koreaTelecom(final: "200 OK", subject: nil)
    let finding = CallWaitingFinding(of: script.conversation())
    #expect(finding.family == .sipPINT)
    #expect(finding.calls.first?.choice == .accept)
  }

  @Test func `a second call that the caller gives up is a call too`() throws {
    var script = PINTDialog.koreaTelecom(final: "603 Decline")
    PINTDialog.invite(&script, at: 200, id: "call-2")
    PINTDialog.confirm(&script, "CANCEL", at: 209, id: "call-2")
    PINTDialog.answer(&script, "487 Request Terminated", at: 209.2, id: "call-2")
    let calls = CallWaitingFinding(of: script.conversation()).calls
    #expect(calls.map(\.choice) == [.reject, .none])
    #expect(calls.map(\.outcome) == [.completed, .abandoned])
    #expect(calls[1].answerSeconds == nil)
  }

  @Test func `an alert that nobody answers within a minute is unanswered`() {
    var script = PINTDialog.koreaTelecom(final: "603 Decline")
    PINTDialog.invite(&script, at: 200, id: "call-2")
    PINTDialog.invite(&script, at: 300, id: "call-3")
    let calls = CallWaitingFinding(of: script.conversation()).calls
    #expect(calls.map(\.outcome) == [.completed, .unanswered, .unknown])
  }

  @Test func `a gateway's query redirected to a telephone is Telia's`() throws {
    let script = PINTDialog.telia("302 Moved Temporarily", contact: "<tel:+46705551234>")
    let finding = CallWaitingFinding(of: script.conversation())
    #expect(finding.family == .sipPINT)
    let call = try #require(finding.calls.first)
    #expect(call.choice == .forward)
    #expect(call.forwardedTo == "+46705551234")
    #expect(call.calling == "+4687135000")
    #expect(call.called == "+4687131000")
  }

  @Test func `tokens of PINT count when the other side agrees, and not when it refuses`() {
    var script = Script()
    let head = """
      SUBSCRIBE sip:R2C@pint.example.net;tsp=provider.example SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.7
      From: <sip:a@example.net>
      To: <sip:R2C@pint.example.net>
      Call-ID: pint-1
      CSeq: 4 SUBSCRIBE
      Require: org.ietf.sip.subscribe
      """
    script.say(.client, at: 0, head)
    var refused = script
    PINTDialog.respond(&script, .server, "200 OK", at: 1, id: "pint-1", sequence: "4 SUBSCRIBE")
    PINTDialog.respond(
      &refused, .server, "420 Bad Extension", at: 1, id: "pint-1", sequence: "4 SUBSCRIBE")
    let good = CallWaitingFinding(of: script.conversation())
    #expect(good.signs.contains { $0.sign == .pintTokens && $0.points == 2 })
    #expect(good.family == nil)
    let bad = CallWaitingFinding(of: refused.conversation())
    #expect(bad.disqualified == .notAnswered)
    #expect(bad.signs.allSatisfy { $0.points == 0 })
  }

  @Test(arguments: [Side.client, .server])
  func `one direction alone is never a family`(side: Side) {
    let scripts = [
      PINTDialog.koreaTelecom(final: "303 See Other", contact: "<tel:0612345678>"),
      PINTDialog.telia("302 Moved", contact: "<tel:+46705551234>"),
    ]
    for script in scripts + scripts.map(\.overTCP) {
      let finding = CallWaitingFinding(of: script.conversation(only: side))
      #expect(finding.family == nil)
      #expect(finding.calls.isEmpty)
    }
  }
}
