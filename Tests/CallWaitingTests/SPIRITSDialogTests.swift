import Flows
import Testing

@testable import CallWaiting

@Suite struct SPIRITSDialogTests {
  @Test(arguments: [false, true])
  func `the call flow of the RFC is SPIRITS with one call`(isStream: Bool) throws {
    let script = SPIRITSDialog.subscription()
    let finding = CallWaitingFinding(of: (isStream ? script.overTCP : script).conversation())
    #expect(finding.family == .spirits)
    #expect(finding.disqualified == nil)
    #expect(finding.signs.contains { $0.sign == .spiritsEvent && $0.points == 3 })
    let call = try #require(finding.calls.first)
    #expect(finding.calls.count == 1)
    #expect(call.carrier == .spirits)
    #expect(call.calling == "3125551212")
    #expect(call.called == "6302240216")
    #expect(call.detectionPoint == "TAA")
    #expect(call.choice == .none)
    #expect(call.packet == 5)
  }

  @Test func `it does not matter who opened the connection`() {
    let finding = CallWaitingFinding(of: SPIRITSDialog.subscription().mirrored.conversation())
    #expect(finding.family == .spirits)
    #expect(finding.calls.count == 1)
  }

  @Test func `taking the call on the line is a redirect to the own number`() throws {
    let script = SPIRITSDialog.callWaiting(
      "302 Moved Temporarily", contact: "<sip:+16302240216@pstn.example>")
    let call = try #require(CallWaitingFinding(of: script.conversation()).calls.first)
    #expect(call.choice == .accept)
    #expect(call.forwardedTo == nil)
    #expect(call.answerSeconds == 8)
    #expect(call.callingName == "John Doe")
    #expect(call.cause == "Busy")
    #expect(call.outcome == .completed)
  }

  @Test func `a redirect elsewhere forwards, and to a mailbox it is voice mail`() throws {
    let away = SPIRITSDialog.callWaiting("302 Moved", contact: "<tel:+13125550000>")
    let call = try #require(CallWaitingFinding(of: away.conversation()).calls.first)
    #expect(call.choice == .forward)
    #expect(call.forwardedTo == "+13125550000")
    let mail = SPIRITSDialog.callWaiting("302 Moved", contact: "<sip:voicemail-77@vm.example>")
    let other = try #require(CallWaitingFinding(of: mail.conversation()).calls.first)
    #expect(other.choice == .voiceMail)
    #expect(other.forwardedTo == "sip:voicemail-77@vm.example")
  }

  @Test(arguments: ["603 Decline", "486 Busy Here", "480 Temporarily Unavailable", "600 Busy"])
  func `an error by which people decline rejects`(status: String) throws {
    let finding = CallWaitingFinding(of: SPIRITSDialog.callWaiting(status).conversation())
    #expect(finding.family == .spirits)
    #expect(finding.calls.first?.choice == .reject)
  }

  @Test func `an answer with a session takes the call over the Internet`() {
    let finding = CallWaitingFinding(
      of: SPIRITSDialog.callWaiting("200 OK", session: true).conversation())
    #expect(finding.family == .spirits)
    #expect(finding.calls.first?.choice == .accept)
  }

  @Test(arguments: [
    "400 Bad Request", "404 Not Found", "405 Method Not Allowed", "415 Unsupported Media Type",
    "500 Oops",
  ])
  func `an error of a stack is no choice and no family`(status: String) {
    let finding = CallWaitingFinding(of: SPIRITSDialog.callWaiting(status, at: 0.4).conversation())
    #expect(finding.family == nil)
    #expect(finding.disqualified == .notAnswered)
    #expect(finding.calls.isEmpty)
    #expect(finding.signs.allSatisfy { $0.points == 0 })
  }

  @Test func `a subscription without its body is disqualified, whatever answers`() {
    let finding = CallWaitingFinding(
      of: SPIRITSDialog.subscription(body: "", document: "").conversation())
    #expect(finding.family == nil)
    #expect(finding.disqualified == .noBody)
    #expect(finding.signs.allSatisfy { $0.points == 0 })
  }

  @Test func `a body of another type is no body`() {
    let script = SPIRITSDialog.subscription(document: "", bodyType: "Content-Type: text/plain")
    #expect(CallWaitingFinding(of: script.conversation()).disqualified == .noBody)
  }

  @Test(arguments: ["403 Forbidden", "489 Bad Event", "100 Trying", "302 Moved"])
  func `a subscription that does not succeed is disqualified`(status: String) {
    var script = Script()
    SPIRITSDialog.subscribe(&script, body: SPIRITSDialog.subscribed)
    SPIRITSDialog.respond(&script, .server, status, at: 1, "18992 SUBSCRIBE")
    let finding = CallWaitingFinding(of: script.conversation())
    #expect(finding.family == nil)
    #expect(finding.disqualified == .notAnswered)
  }

  @Test func `a document against the schema is disqualified`() {
    let script = SPIRITSDialog.subscription(
      body: SPIRITSDialog.subscribed.replacing("TAA", with: "XXX"), document: "")
    #expect(CallWaitingFinding(of: script.conversation()).disqualified == .badDocument)
  }

  @Test func `a success for another call does not answer`() {
    var script = Script()
    SPIRITSDialog.subscribe(&script, body: SPIRITSDialog.subscribed)
    SPIRITSDialog.respond(&script, .server, "200 OK", at: 1, "18993 SUBSCRIBE")
    #expect(CallWaitingFinding(of: script.conversation()).family == nil)
    var echo = Script()
    SPIRITSDialog.subscribe(&echo, body: SPIRITSDialog.subscribed)
    SPIRITSDialog.respond(&echo, .client, "200 OK", at: 1, "18992 SUBSCRIBE")
    #expect(CallWaitingFinding(of: echo.conversation()).family == nil)
  }

  @Test func `an INVITE with the document but no session is not ICW proper`() {
    let script = SPIRITSDialog.callWaiting(
      "603 Decline",
      parts:
        "--icw\nContent-Type: application/spirits-event+xml\n\n\(SPIRITSDialog.busy)\n--icw--\n")
    #expect(CallWaitingFinding(of: script.conversation()).family == nil)
  }

  @Test(arguments: [Side.client, .server])
  func `one direction alone is never a family`(side: Side) {
    let scripts = [SPIRITSDialog.subscription(), SPIRITSDialog.callWaiting("603 Decline")]
    for script in scripts + scripts.map(\.overTCP) {
      #expect(CallWaitingFinding(of: script.conversation(only: side)).family == nil)
    }
  }
}
