import Flows
import Identify
import Packets
import Testing
import Verdicts

@testable import Report

/// What a flow's line, its evidence and the summary say of answers, ends, tunnels and copies.
@Suite struct FlowLineTests {
  @Test func `a refusal is told behind what was asked for, an answer that gives it is not`() {
    func words(_ application: String, _ status: String) -> String? {
      let facts = [
        Fact(.method, "GET"), Fact(.path, "/a"), Fact(.status, status), Fact(.server, "x/1"),
        Fact(.userAgent, "c/2"), Fact(.topic, "t"),
      ]
      return FactWords.summary(
        of: Verdict(
          .otherApplication, application: application, role: .server,
          recognition: Recognition(application, .proven, grounds: [], facts: facts)))
    }
    #expect(words("http", "404") == "GET /a, answered 404, x/1, t")
    #expect(words("http", "200") == "GET /a, x/1, t" && words("http", "399") == "GET /a, x/1, t")
    #expect(words("sip", "486") == "GET /a, answered 486, x/1, t")
    // Other protocols mean other things by their numbers.
    #expect(words("nrpe", "404") == "GET /a, x/1, t")
  }

  @Test func `many answers are told with their numbers where not all gave what was asked for`() {
    func words(_ status: String, _ answers: String) -> String? {
      let facts = [Fact(.method, "GET"), Fact(.status, status), Fact(.answers, answers)]
      return FactWords.summary(
        of: Verdict(
          .otherApplication, application: "http", role: .server,
          recognition: Recognition("http", .proven, grounds: [], facts: facts)))
    }
    #expect(words("200", "12 x 200, 9 x 404") == "GET, answered 12 x 200, 9 x 404")
    #expect(words("403", "5 x 403") == "GET, answered 5 x 403")
    #expect(words("200", "21 x 200") == "GET")
    let refused = [
      Fact(.method, "GET"), Fact(.status, "200"), Fact(.answers, "1 x 200, 1 x 502"),
      Fact(.refused, "GET /b"),
    ]
    #expect(
      FactWords.summary(
        of: Verdict(
          .otherApplication, application: "http", role: .server,
          recognition: Recognition("http", .proven, grounds: [], facts: refused)))
        == "GET, answered 1 x 200, 1 x 502 (first GET /b)")
  }

  @Test func `a question that nobody answered is told as one, and the tag of the network`() {
    func line(_ verdict: Verdict, answered: Int = 0, packets: Int = 0) -> String {
      var record = Samples.record(verdict)
      record.flow.end = .idle
      record.flow.clientCounters.payloadBytes = 10
      record.flow.serverCounters = SideCounters()
      record.flow.serverCounters.packets = packets
      record.flow.serverCounters.payloadBytes = answered
      return TextReport().flow(record)[0]
    }
    let asked = Verdict(
      .otherApplication, application: "http", role: .server,
      recognition: Recognition("http", .oneSided, grounds: [], facts: [Fact(.method, "GET")]))
    #expect(line(asked, packets: 2).contains("http (GET, not answered)"))
    #expect(line(asked).contains("http (GET, no answer was captured)"))
    #expect(line(asked, answered: 5, packets: 2).contains("http (GET)"))
    let opaque = Verdict(.undetermined, role: .server, evidence: [Evidence(.opaque)])
    #expect(line(opaque).contains(", no answer was captured)"))
    // What is sent one way by its nature is nothing that lacks an answer.
    let log = Verdict(
      .otherApplication, application: "syslog", role: .server,
      recognition: Recognition("syslog", .oneSided, grounds: [], facts: [Fact(.message, "a")]))
    #expect(!line(log).contains("answer"))
    #expect(LayerWords.virtualNetwork([.vlan(300), .vlan(7)]) == "in vlan 300/7")
    #expect(LayerWords.virtualNetwork([.mpls(3)]) == nil)
  }

  @Test func `an alert of TLS is told, another protocol's error is not`() {
    func words(_ application: String) -> String? {
      FactWords.summary(
        of: Verdict(
          .otherApplication, application: application, role: .server,
          recognition: Recognition(
            application, .proven, grounds: [],
            facts: [Fact(.serverName, "box"), Fact(.error, "certificate_expired")])))
    }
    #expect(words("tls") == "box, alert certificate_expired" && words("dtls") == words("tls"))
    #expect(words("redis") == "box")
  }

  @Test func `a certificate that nobody vouches for, or that did not hold, is told`() {
    func line(_ facts: [Fact]) -> String {
      TextReport().flow(
        Samples.record(
          Verdict(
            .otherApplication, application: "tls", role: .server,
            recognition: Recognition("tls", .proven, grounds: [], facts: facts))))[0]
    }
    // The flow is of May 2003.
    let name = Fact(.certificateSubject, "box")
    let selfIssued = Fact(.certificateSelfIssued, "yes")
    let (early, late) = ("2001-05-01T00:00:00Z", "2004-05-01T00:00:00Z")
    #expect(
      line([
        name, selfIssued, Fact(.certificateNotBefore, early), Fact(.certificateNotAfter, late),
      ]).contains("tls (self-issued certificate of box)"))
    #expect(
      line([name, Fact(.certificateNotAfter, early)]).contains(
        "tls (certificate of box, expired 2001-05-01)"))
    #expect(
      line([name, Fact(.certificateNotBefore, late)]).contains(
        "tls (certificate of box, not valid before 2004-05-01)"))
    // Asked for by its name it is named once.
    let asked = Fact(.serverName, "box")
    #expect(line([name, asked]).contains("tls (box)"))
    #expect(line([name, asked, selfIssued]).contains("tls (box, self-issued certificate)"))
    #expect(
      line([name, asked, Fact(.certificateNotAfter, early)]).contains(
        "tls (box, certificate expired 2001-05-01)"))
  }

  @Test func `where nothing shows who is the client no end is called so`() {
    var record = Samples.record(Verdict(.undetermined, role: .unknown), server: Samples.python)
    record.flow.ground = .firstCaptured
    let line = TextReport().flow(record)[0]
    #expect(line.contains("192.0.2.1:40000 <> 198.51.100.2:3699"), "\(line)")
    #expect(line.contains("[198.51.100.2:3699: python3 -m http.server 3699"), "\(line)")
    var tally = Tally()
    tally.note(record)
    tally.note(record)
    #expect(TalkerWords.lines(tally).isEmpty)
    var findings = Findings()
    findings.note(record, calls: [])
    let ticket = MarkdownReport(
      summary: SummaryRecord(tally: tally, files: 1), findings: findings
    ).lines.joined()
    #expect(ticket.contains("192.0.2.1:40000 or server"))
    #expect(ticket.contains("198.51.100.2:3699/tcp or client"), "\(ticket)")
    for key in [Grouping.Key.server, .client] {
      var grouping = Grouping(by: key)
      grouping.note(record)
      let group = grouping.told.first
      #expect(group?.name == "(not known)" && group?.address == nil && group?.port == nil)
    }
    let page = HTMLReport(
      summary: SummaryRecord(tally: tally, files: 1), findings: findings, version: "v"
    ).text
    #expect(page.contains("client or server") && page.contains("or client"))
    #expect(page.contains("192.0.2.1:40000 \u{2194} 198.51.100.2:3699"))
    #expect(!page.contains("192.0.2.1:40000 \u{2192} 198.51.100.2:3699"))
  }

  @Test func `the evidence says how much payload each end sent`() {
    var record = Samples.record()
    #expect(!TextReport().explanation(record).contains { $0.hasPrefix("payload: ") })
    record.flow.clientCounters.payloadBytes = 190
    record.flow.serverCounters.payloadBytes = 9_270
    record.flow.serverCounters.retransmitted = 1
    #expect(
      TextReport().explanation(record).contains(
        "payload: 190 bytes from the client, 9270 from the server, 1 segment of it sent again"))
  }

  @Test func `a tunnel's own ends stand in the line of a flow inside of it`() {
    let (near, far) = (IPAddress("203.0.113.1")!, IPAddress("203.0.113.2")!)
    func line(_ path: [Encapsulation]) -> String {
      var record = Samples.record()
      record.flow = Flow(
        number: 1, transport: .tcp, client: Samples.client, server: Samples.server, ground: .syn,
        path: path, first: Samples.start, firstPacket: record.flow.firstPacket, state: .closed)
      return TextReport().flow(record)[0]
    }
    let vxlan = line([.vlan(7), .outer(source: near, destination: far), .vxlan(42)])
    #expect(vxlan.contains("in vxlan 42 between 203.0.113.1 and 203.0.113.2"), "\(vxlan)")
    #expect(!line([.vlan(7)]).contains("between"))
  }

  @Test func `copies, and an end by -c, are told in text, in a ticket and on a page`() {
    var record = Samples.record()
    record.flow.duplicates = 3
    var tally = Tally()
    tally.note(record)
    var summary = SummaryRecord(tally: tally, files: 1, otherFiles: 0)
    let copies = "3 of 10 packets are copies of others, captured twice: counted, and read once"
    let ending = "ended by -c at 1 packet of the port: what may have come later was not read"
    #expect(TextReport().summary(summary).contains(copies))
    #expect(!TextReport().summary(summary).contains { $0.contains("-c") })
    summary.limit = 1
    var findings = Findings()
    findings.note(record, calls: [])
    #expect(TextReport().summary(summary).contains(ending))
    let ticket = MarkdownReport(summary: summary, findings: findings).lines
    #expect(ticket.contains("- \(copies)"))
    #expect(ticket.contains { $0.hasPrefix("- ended by -c at 1 packet") }, "\(ticket)")
    let page = HTMLReport(summary: summary, findings: findings, version: "v").text
    #expect(page.contains(copies) && page.contains(ending))
  }
}
