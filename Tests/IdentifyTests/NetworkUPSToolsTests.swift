import Flows
import Packets
import Testing

@testable import Identify

/// Network UPS Tools whose client asks for TLS first, and answers that are errors.
@Suite struct NetworkUPSToolsTests {
  private static func recognised(_ said: (Side, String)...) -> Recognition? {
    Identification(of: Conversation(.tcp, said.map { ($0.0, Array($0.1.utf8)) })).recognition
  }

  @Test func `TLS that is not to be had is asked for, and the rest is said in clear`() {
    let found = Self.recognised(
      (.client, "STARTTLS\n"), (.server, "ERR FEATURE-NOT-CONFIGURED\n"),
      (.client, "GET VAR rack4 ups.status\n"), (.server, "VAR rack4 ups.status \"OL\"\n"))
    #expect(found?.application == "nut" && found?.strength == .proven)
    #expect(found?.grounds.last?.side == .server)
  }

  @Test func `an error of its own answers a question`() {
    let found = Self.recognised(
      (.client, "LIST VAR rack9\n"), (.server, "ERR UNKNOWN-UPS\n"))
    #expect(found?.application == "nut" && found?.strength == .answered)
    #expect(
      Self.recognised((.client, "LIST VAR rack9\n"), (.server, "ERR what is that\n")) == nil)
    #expect(
      Self.recognised((.client, "LIST VAR rack9\n"), (.server, "ERR UNKNOWN-UPS")) == nil)
  }

  @Test func `TLS that begins is the end of what can be read`() {
    let found = Self.recognised((.client, "STARTTLS\n"), (.server, "OK STARTTLS\n"))
    #expect(found?.application == "nut" && found?.strength == .answered)
    #expect(Self.recognised((.client, "STARTTLS\n"), (.server, "OK\n")) == nil)
    #expect(
      Self.recognised((.client, "STARTTLS\n"), (.server, "ERR FEATURE-NOT-CONFIGURED\n")) == nil)
  }
}
