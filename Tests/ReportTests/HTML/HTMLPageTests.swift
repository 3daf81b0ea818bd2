import CallWaiting
import Flows
import Identify
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct HTMLPageTests {
  private static let checker =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    + "/html/structure.py"

  /// What a strict parser finds wrong; nil where there is no Python.
  private func faults(_ page: String) throws -> String? {
    guard let python = Command.path("python3") else {
      print("SKIPPED: python3 is not installed; the page is not parsed")
      return nil
    }
    let file = try #require(Command.file(Array(page.utf8)))
    defer { Command.remove(file) }
    let (output, status) = Command.run(python, [Self.checker, file])
    return status == 0 ? "" : "\(status): \(output)"
  }

  private func page(_ hostile: Hostile) -> String {
    var findings = Findings()
    let call = hostile.call
    findings.note(hostile.flow, calls: [call])
    var unnamed = FlowRecord(flow: Self.talk(hostile.bytes), verdict: Self.undetermined)
    unnamed.origin = hostile.origin
    findings.note(unnamed)
    var orphan = Samples.orphan
    orphan.origin = hostile.origin
    findings.note(orphan)
    findings.note(hostile.error)
    findings.note(input: hostile.bytes)
    return HTMLReport(
      summary: hostile.summary, findings: findings,
      names: [Samples.server.address: String(decoding: hostile.bytes, as: UTF8.self)],
      version: "icwscan 1"
    ).text
  }

  private static let undetermined = Verdict(
    .undetermined, role: .server, evidence: [Evidence(.opaque)], missing: [.start])

  /// A flow in which the client says bytes and the server answers.
  static func talk(_ bytes: [UInt8], number: Int = 1) -> Flow {
    var flow = Samples.flow(number: number)
    flow.conversation = Conversation(.tcp, [(.client, bytes), (.server, [0, 1, 2, 255])])
    flow.clientCounters.payloadBytes = bytes.count
    return flow
  }

  @Test func `text of strangers can't be markup`() {
    #expect(
      HTML.escape("<script>alert(\"1\")</script> & 'x'")
        == "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;")
    #expect(HTML.escape("a\u{202e}b\u{0}c\nd") == "a\\u{202e}b\\x00c\\nd")
    #expect(HTML.escape("Grüße, 電話") == "Grüße, 電話")
    #expect(
      Markup.element("td", ["title": "\"><b>"], "<i>").source
        == "<td title=\"&quot;&gt;&lt;b&gt;\">&lt;i&gt;</td>")
  }

  @Test(
    arguments: Hostile.strings + [
      Array("</script><script>alert(1)</script>".utf8),
      Array("\"><img src=x onerror=alert(1)>".utf8),
      Array("]]>&lt;!--".utf8), Array("javascript:alert(1)".utf8),
    ]) func `whatever the strings are, the page is well-formed and whole`(_ bytes: [UInt8]) throws
  {
    let page = page(Hostile(bytes: bytes))
    if let faults = try faults(page) { #expect(faults == "") }
    #expect(!page.contains("<img") && !page.contains("<script>alert"))
  }

  @Test func `an empty run and a host without sockets have a page, too`() throws {
    for owners in [nil, PortSurvey()] {
      let page = HTMLReport(
        summary: SummaryRecord(tally: Tally(), owners: owners), findings: Findings(), version: "v"
      ).text
      if let faults = try faults(page) { #expect(faults == "") }
      #expect(page.contains("<h1>3699/tcp: nothing seen</h1>"))
    }
  }

  @Test func `the answer is the first heading, and what is known of a flow follows`() throws {
    var findings = Findings()
    let record = FlowRecord(
      flow: Self.talk(Array("GET / HTTP/1.0\r\n\r\n".utf8)),
      verdict: Verdict(
        .otherApplication, application: "http", role: .server,
        evidence: [Evidence(.recognised, detail: "http")], recognition: Samples.recognition()),
      serverProcess: Samples.python)
    findings.note(record)
    var tally = Tally()
    tally.note(record)
    let page = HTMLReport(
      summary: SummaryRecord(tally: tally, files: 1), findings: findings, version: "v"
    ).text
    #expect(
      page.contains(
        "<h1>3699/tcp is not KPN-ICW: it is HTTP (GET / example.com, Apache/1.3), served by "
          + "python3 -m http.server 3699 (pid 4121, alice)</h1>"))
    for part in [
      "GET / HTTP/1.0</text>", "00 01 02 ff</text>", "<dt>for</dt><dd>the bytes are those of",
      "href=\"#f1\"", "<details id=\"f1\" open=\"open\">", "Flows over time",
      "which program it is", "sudo icwscan owner",
    ] {
      #expect(page.lowercased().contains(part.lowercased()), "\(part)")
    }
  }

  @Test func `payload that nobody could name stands there as bytes, once`() {
    let bytes: [UInt8] = [0x54, 0x49, 0x00, 0x07] + Array(repeating: 0xee, count: 400)
    var findings = Findings()
    findings.note(FlowRecord(flow: Self.talk(bytes), verdict: Self.undetermined))
    let page = HTMLReport(
      summary: SummaryRecord(tally: Tally(), files: 1), findings: findings, version: "v"
    ).text
    #expect(page.contains("0x0000:  5449 0007 eeee"))
    #expect(page.contains("0x00f0:") && !page.contains("0x0100:"))
    #expect(page.contains("and 148 more bytes"))
    #expect(page.contains("1 flow with bytes that nobody could name"))
  }
}
