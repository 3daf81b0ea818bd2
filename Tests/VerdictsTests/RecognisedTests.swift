import CallWaiting
import Flows
import Packets
import Testing

@testable import Identify
@testable import Verdicts

@Suite struct RecognisedTests {
  static let probe =
    "OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/TCP nm;branch=foo\r\nFrom: <sip:nm@nm>;tag=root\r\n"
    + "To: <sip:nm2@nm2>\r\nCall-ID: 50000\r\nCSeq: 42 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n"
    + "Contact: <sip:nm@nm>\r\nAccept: application/sdp\r\n\r\n"

  @Test func `a probe that nothing answered is a scan by its tool`() {
    var builder = Builder(.udp)
    builder.say(.client, at: 0, Self.probe)
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .scan)
    #expect(verdict.tool == "nmap")
    #expect(verdict.has(.unansweredProbe))
    #expect(verdict.missing.contains(.serverDirection))
  }

  @Test func `a probe whose other direction was not captured is no scan`() {
    var builder = Builder()
    builder.say(.client, at: 0, Self.probe)
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .otherApplication)
    #expect(verdict.tool == "nmap")
    #expect(verdict.missing.contains(.serverDirection))
    builder.count(.server, packets: 2)
    #expect(builder.verdict().verdictClass == .scan)
  }

  @Test func `a probe that was answered names the application and the tool`() {
    var builder = Builder()
    builder.say(.client, at: 0, Self.probe)
    builder.say(
      .server, at: 0.1,
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP nm;branch=foo\r\nFrom: <sip:nm@nm>;tag=root\r\n"
        + "To: <sip:nm2@nm2>;tag=1\r\nCall-ID: 50000\r\nCSeq: 42 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    )
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .otherApplication)
    #expect(verdict.application == "sip")
    #expect(verdict.tool == "nmap")
    #expect(verdict.has(.nmapProbe))
  }

  @Test func `one direction of a protocol names it and says what is missing`() {
    var builder = Builder()
    builder.say(.server, at: 0, "SSH-2.0-OpenSSH_9.2\r\n")
    builder.flow.clientCounters.packets = 0
    let verdict = builder.verdict()
    #expect(verdict.application == "ssh")
    #expect(verdict.has(.oneSided))
    #expect(verdict.missing.contains(.clientDirection))
  }

  @Test func `truncation and a missing start do not end the search`() {
    var builder = Builder(ground: .firstCaptured, flags: .ack, state: .midstream)
    builder.speakSSH()
    builder.flow.clientCounters.cut = 1
    let verdict = builder.verdict()
    #expect(verdict.application == "ssh")
    #expect(verdict.missing.contains(.start))
    #expect(verdict.missing.contains(.wholeFrames))
  }

  @Test func `evidence points at the packet and the bytes`() throws {
    var builder = Builder()
    builder.speakSSH()
    let item = try #require(
      builder.verdict().evidence.first { $0.item == .recognised && $0.side == .server })
    #expect(item.packet == 2)
    #expect(item.offset == 0)
    #expect(item.length == 19)
  }

  static func tls(_ version: String?, name: String? = nil, at time: Timestamp) -> Verdict {
    var builder = Builder(at: time)
    builder.say(.client, at: 0, [22, 3, 1])
    builder.say(.server, at: 1, [22, 3, 1, 0])
    var facts: [Fact] = []
    if let version { facts.append(Fact(.version, version)) }
    if let name { facts.append(Fact(.serverName, name)) }
    let recogniser = Recogniser(
      name: "tls", title: "TLS", specification: "RFC 2246", transports: [.tcp], basis: .built
    ) { [facts] _ in .yes(Recognition("tls", .answered, grounds: [], facts: facts)) }
    return Verdict(
      of: builder.flow,
      identification: Identification(of: builder.flow.conversation, by: [recogniser]),
      finding: .init(), context: VerdictContext())
  }

  @Test func `old TLS without names leaves ICW inside it open, newer TLS does not`() {
    let old = Self.tls("TLS 1.0", at: Builder.era)
    #expect(old.verdictClass == .otherApplication)
    #expect(old.application == "tls")
    #expect(old.missing.contains(.insideTLS))
    #expect(!Self.tls("TLS 1.2", at: Builder.era).missing.contains(.insideTLS))
    #expect(!Self.tls("TLS 1.3", at: Builder.era).missing.contains(.insideTLS))
    #expect(!Self.tls("TLS 1.0", name: "h.example", at: Builder.era).missing.contains(.insideTLS))
    #expect(!Self.tls("TLS 1.0", at: Builder.today).missing.contains(.insideTLS))
  }
}
