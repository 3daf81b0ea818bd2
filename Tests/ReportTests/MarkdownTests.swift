import Flows
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct MarkdownTests {
  @Test(arguments: [
    "![x](http://example.com/x.png)", "<script>alert(1)</script>", "| a | b |", "# heading",
    "- item", "1. item", "`code`", "**bold** _x_ ~~y~~", "[link]: <x>", "&lt;b&gt;", "@everyone",
    "www.example.com", "\\", "---", "> quote",
  ]) func `hostile text stays text`(_ text: String) {
    let escaped = Array(Markdown.escape(text))
    // Every sign that could be markup stands behind a backslash of its own.
    var index = 0
    var plain = ""
    while index < escaped.count {
      if escaped[index] == "\\" {
        index += 1
      } else {
        #expect(!"`*{}<|~@$^\\".contains(escaped[index]), "\(text)")
      }
      plain.append(escaped[index])
      index += 1
    }
    #expect(plain == text)
  }

  @Test(arguments: [
    ("# heading", "\\# heading"), ("- item", "\\- item"), ("12. item", "12\\. item"),
    ("3) item", "3\\) item"), ("www.example.com", "www\\.example.com"),
    ("http://example.com", "http\\://example.com"),
    ("2026-11-23T20:45:42Z", "2026-11-23T20:45:42Z"),
    ("  > quote", "  \\> quote"), (" 1. item", " 1\\. item"), (" [x]: y", " \\[x\\]: y"),
    ("\u{24b6}_x_\u{24b7}", "\u{24b6}\\_x\\_\u{24b7}"),
    ("192.0.2.1:3699", "192.0.2.1:3699"), ("> quote", "\\> quote"), ("a > b", "a > b"),
    ("[x]: y", "\\[x\\]: y"), ("![x](y)", "!\\[x\\](y)"), ("[x][y]", "\\[x\\][y\\]"),
    ("said [packet 4, bytes 0 to 7] twice", "said [packet 4, bytes 0 to 7] twice"),
    ("note[^1]", "note\\[\\^1\\]"), ("_x_ a_b __c", "\\_x\\_ a_b \\_\\_c"),
    ("a & b &lt;c", "a & b \\&lt;c"),
  ]) func `signs that are markup in one place only are escaped there`(
    _ text: String, _ escaped: String
  ) {
    #expect(Markdown.escape(text) == escaped)
  }

  @Test func `a command with backticks stays one`() {
    #expect(Markdown.code("ls `x``y`") == "``` ls `x``y` ```")
    #expect(Markdown.code("sudo icwscan") == "`sudo icwscan`")
  }

  @Test
  func `a ticket tells of a client's program and of calls, and of no connection that is over`() {
    var findings = Findings()
    var record = Samples.record(Samples.verdict(), server: Samples.python)
    record.clientProcess = Samples.process("curl", ["curl", "http://h:3699/"], pid: 7)
    let call = Hostile(bytes: Array("0201234567".utf8)).call
    findings.note(record, calls: [call, call, call, call])
    let over = OwnedSocket(
      socket: SocketEntry(
        transport: .tcp, isIPv6: false, state: .timeWait, localAddress: [192, 0, 2, 1],
        localPort: 3699, peerAddress: [192, 0, 2, 9], peerPort: 40_000, user: 0, inode: 0,
        cookie: 1),
      missing: .timeWait)
    let survey = PortSurvey(sockets: [over, Samples.listener()])
    let lines = MarkdownReport(
      summary: SummaryRecord(tally: Tally(), owners: survey), findings: findings
    ).lines
    let row = lines.first { $0.hasPrefix("| 2003") }
    #expect(row?.contains("curl http\\://h:3699/ (pid 7, alice)") == true, "\(row ?? "")")
    findings.note(Samples.record(Samples.verdict()))
    let more = MarkdownReport(summary: SummaryRecord(tally: Tally()), findings: findings).lines
    #expect(more.contains { $0.hasPrefix("| 2003") && $0.contains("| 192.0.2.1 (such as curl ") })
    #expect(lines.count { $0.contains(" call: 0201234567 ") } == 3)
    #expect(lines.contains("- and 1 more call"))
    #expect(lines.contains { $0.hasPrefix("  - program /usr/bin/python3; ") })
    #expect(!lines.contains { $0.contains("TIME-WAIT") || $0.contains("without a process") })
  }

  @Test func `a ticket is one screen, whatever was found`() throws {
    var findings = Findings()
    for number in 0..<500 {
      var flow = HTMLPageTests.talk([1, 2, 3, UInt8(number % 256)], number: number)
      // Half of them are one client's, the others each another's.
      let last = number < 250 ? 1 : number - 249
      flow.client = Endpoint(IPAddress("192.0.2.\(last)")!, UInt16(number + 1))
      findings.note(
        FlowRecord(
          flow: flow,
          verdict: Verdict(
            .undetermined, role: .server, evidence: [Evidence(.opaque)], missing: Missing.allCases))
      )
    }
    let hostile = Hostile(bytes: Array("a|b`c\n<d>".utf8))
    findings.note(hostile.flow, calls: [hostile.call])
    let lines = MarkdownReport(
      summary: SummaryRecord(tally: Tally(), owners: hostile.survey), findings: findings
    ).lines
    #expect(lines.count <= 60, "\(lines.count)")
    #expect(lines.first?.hasPrefix("**3699/tcp") == true)
    for line in lines where line.hasPrefix("| ") {
      let bars = zip(" " + line, line).count { $0 != "\\" && $1 == "|" }
      #expect(bars == 8, "\(line)")
    }
    #expect(lines.contains { $0.hasPrefix("| 2003-05-01") && $0.contains(" | 251 | 2510 |") })
    #expect(lines.contains { $0.hasPrefix("and ") && $0.hasSuffix(" more flows.") })
  }

  @Test func `the rows of a class stand in the order of their times`() {
    var findings = Findings()
    let classes: [VerdictClass] = [.scan, .otherApplication, .scan, .otherApplication]
    for (number, second) in [50, 40, 10, 30].enumerated() {
      let like = Samples.flow()
      let flow = Flow(
        number: number + 1, transport: .tcp,
        client: Endpoint(IPAddress("192.0.2.\(number + 1)")!, 9), server: like.server,
        ground: .syn, first: Timestamp(seconds: Int64(second), nanoseconds: 0),
        firstPacket: like.firstPacket)
      findings.note(FlowRecord(flow: flow, verdict: Verdict(classes[number], role: .server)))
    }
    let lines = MarkdownReport(summary: SummaryRecord(tally: Tally()), findings: findings).lines
    let rows = lines.filter { $0.hasPrefix("| 1970") }.map { $0.dropFirst(19).prefix(2) }
    #expect(rows == ["30", "40", "10", "50"])
  }

  @Test func `who waits on the port stands before who is connected, and is not counted away`() {
    var connected = Samples.listener()
    connected.socket.state = .established
    connected.socket.peerPort = 40_000
    let survey = PortSurvey(
      sockets: Array(repeating: connected, count: 5) + (0..<6).map { _ in Samples.listener() })
    let lines = MarkdownReport(
      summary: SummaryRecord(tally: Tally(), owners: survey), findings: Findings()
    ).lines
    let start = lines.firstIndex(of: "Who holds it:") ?? 0
    let rows = lines[start...].filter { $0.hasPrefix("- ") }
    #expect(rows.prefix(6).allSatisfy { $0.contains(" is bound to every ") }, "\(rows)")
    #expect(rows.count > 6 && rows[6] == "- 5 more sockets", "\(rows)")
  }
}
