import Flows
import Packets
import Testing

@testable import CallWaiting

@Suite struct TextSignsTests {
  static func points(_ sign: CallWaitingFinding.Sign, _ said: [(Side, String)]) -> Int? {
    let conversation = Conversation(.tcp, said.map { ($0.0, Array($0.1.utf8)) })
    return CallWaitingFinding(of: conversation).signs.first { $0.sign == sign }?.points
  }

  @Test(
    arguments: [
      ("CALL 020-1234567;", "0201234567"), ("to=0612345678&", "0612345678"),
      ("<+31201234567>", "0201234567"),
      ("0031 20 1234567\r\n", "0201234567"), ("0343-123456,", "0343123456"),
      ("tel 06-12345678.", "0612345678"),
      ("+31 6 12345678", "0612345678"), ("x:0701234567@h", "0701234567"),
      ("0851234567", "0851234567"),
    ])
  func `a Dutch number is read in its usual spellings`(text: String, number: String) {
    #expect(TelephoneNumber.dutch(in: Array(text.utf8)[...]).map(\.number) == [number])
  }

  @Test(
    arguments: [
      "1100000000", "6302240216", "+16302240216", "020123456", "02012345678", "a0201234567",
      "0201234567b",
      "3.0201234567", "0201234567.5", "id-0201234567", "0000000000", "+3212345678", "0012345678",
      "0912345678",
      "#0201234567", "/0201234567", "", "+", "+31", "020-", "020--1234567", "0900-1234567",
    ])
  func `what is no Dutch number in a field is left alone`(text: String) {
    #expect(TelephoneNumber.dutch(in: Array(text.utf8)[...]).isEmpty)
  }

  @Test func `a lone number is no sign`() {
    #expect(Self.points(.dutchNumbers, [(.server, "call 0201234567")]) == nil)
  }

  @Test func `two numbers in one message are a sign`() {
    #expect(Self.points(.dutchNumbers, [(.server, "0201234567;0301112222")]) == 1)
  }

  @Test func `one number that stays and one that changes are a stronger sign`() {
    let alerts = ["0201234567;0301112222", "0201234567;0612345678"].map { (Side.server, $0) }
    #expect(Self.points(.dutchNumbers, alerts) == 2)
    let both = ["0201234567;0301112222", "0201234567;0301112222"].map { (Side.server, $0) }
    #expect(Self.points(.dutchNumbers, both) == 1)
    let neither = ["0201234567;0301112222", "0401234567;0612345678"].map { (Side.server, $0) }
    #expect(Self.points(.dutchNumbers, neither) == 1)
  }

  @Test func `caller-ID words count only beside a number and as whole words`() {
    #expect(Self.points(.callerIdentity, [(.server, "CLIR 0 callingnumber=0201234567")]) == 1)
    #expect(Self.points(.callerIdentity, [(.server, "DATE=1 NMBR=0201234567")]) == 1)
    #expect(Self.points(.callerIdentity, [(.server, "calling 0201234567 called 0301112222")]) == 1)
    #expect(Self.points(.callerIdentity, [(.server, "callingnumber unknown")]) == nil)
    #expect(Self.points(.callerIdentity, [(.server, "call 0201234567")]) == nil)
    #expect(Self.points(.callerIdentity, [(.server, "clirx 0201234567")]) == nil)
  }

  @Test func `binary bytes have no words`() {
    #expect(Self.points(.callerIdentity, [(.server, "\u{1}NMBR=0201234567")]) == nil)
  }
}
