import Flows
import Identify
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct RedactorTests {
  @Test func `a disguise as a kernel thread stays one`() {
    let posing = Samples.process("upd", ["[kworker/u8:2]", "secret.dat"])
    let redacted = Redactor(key: Array("0123456789abcdef".utf8)).process(posing)
    #expect(redacted.isNamedLikeKernelThread && redacted.arguments.count == 2)
    #expect(!ProcessWords.of(redacted).contains("secret"))
  }

  static let redactor = Redactor(key: Array(0..<32))
  /// In every string of a record, and in no word of this program.
  private static let secret = "Zq9xSecretJk7"
  /// The ends that samples have, and that of their rules.
  private static let addresses = ["192.0.2.", "198.51.100.", "10.0.0.5"]

  /// Strings and bytes of a value, wherever they lie in it.
  private func strings(_ value: Any, _ found: inout [String]) {
    if let text = value as? String { return found.append(text) }
    if let bytes = value as? [UInt8] { return found.append(String(decoding: bytes, as: UTF8.self)) }
    for child in Mirror(reflecting: value).children { strings(child.value, &found) }
  }

  private func check(_ text: String, _ place: String) {
    #expect(!text.contains(Self.secret), "\(place): \(text.prefix(400))")
    for address in Self.addresses {
      #expect(!text.contains(address), "\(place): \(text.prefix(400))")
    }
  }

  @Test func `no string and no address of a rich record stays, in no field`() {
    let hostile = Hostile(bytes: Array(Self.secret.utf8))
    var record = hostile.flow
    record.flow.conversation = HTMLPageTests.talk(Array(Self.secret.utf8)).conversation
    record.flow.firstICMPError = Samples.orphan.orphan.error
    let values: [Any] = [
      Self.redactor.redact(record), Self.redactor.redact(hostile.call),
      Self.redactor.redact(hostile.error), Self.redactor.redact(hostile.survey),
      Self.redactor.redact(hostile.summary.counters),
    ]
    for value in values {
      var found: [String] = []
      strings(value, &found)
      #expect(!found.isEmpty)
      for text in found { check(text, "\(type(of: value))") }
    }
  }

  @Test func `nor does one in text, records, page or ticket`() {
    let hostile = Hostile(bytes: Array(Self.secret.utf8))
    let redactor = Self.redactor
    var orphan = Samples.orphan
    orphan.origin = hostile.origin
    let flow = redactor.redact(hostile.flow)
    let call = redactor.redact(hostile.call)
    let survey = redactor.redact(hostile.survey)
    var unnamed = FlowRecord(
      flow: HTMLPageTests.talk(Array(Self.secret.utf8)),
      verdict: Verdict(.undetermined, role: .server, evidence: [Evidence(.opaque)]))
    unnamed.origin = hostile.origin
    var findings = Findings()
    findings.note(flow, calls: [call])
    findings.note(redactor.redact(unnamed))
    findings.note(redactor.redact(orphan))
    findings.note(redactor.redact(hostile.error))
    findings.note(input: redactor.redact(path: hostile.bytes))
    var tally = Tally()
    tally.note(flow)
    let summary = SummaryRecord(
      tally: tally, counters: redactor.redact(hostile.summary.counters), owners: survey)
    let text = TextReport(style: Style(explain: true))
    let lines =
      text.flow(flow) + text.flow(redactor.redact(unnamed)) + text.call(call) + text.owner(survey)
      + text.summary(summary) + text.orphan(redactor.redact(orphan))
      + [text.error(redactor.redact(hostile.error)), PcapComment.text(flow)]
      + MarkdownReport(summary: summary, findings: findings).lines
    for line in lines { check(line, "text") }
    let records =
      [
        flow.json, redactor.redact(unnamed).json, call.json, redactor.redact(orphan).json,
        redactor.redact(hostile.error).json, summary.json, summary.counters.json,
      ] + hostile.survey.sockets.map { redactor.redact(SocketRecord(owned: $0, port: 3699)).json }
    for record in records { check(String(decoding: record.line, as: UTF8.self), "record") }
    check(HTMLReport(summary: summary, findings: findings, version: "v").text, "page")
  }

  @Test func `what is harmless stays: times, counts, ports, classes, protocols of this program`() {
    let old = FlowRecord(
      flow: HTMLPageTests.talk(Array("GET /private HTTP/1.1\r\n".utf8)),
      verdict: Verdict(
        .otherApplication, application: "http", role: .server,
        evidence: [Evidence(.recognised, detail: "http")], recognition: Samples.recognition()))
    let new = Self.redactor.redact(old)
    #expect(new.flow.client.port == old.flow.client.port && new.flow.server.port == 3699)
    #expect(new.flow.first == old.flow.first && new.flow.packets == old.flow.packets)
    #expect(new.verdict.application == "http" && new.verdict.evidence == old.verdict.evidence)
    #expect(new.verdict.recognition?.facts.first?.value == "GET")
    #expect(new.flow.conversation.turns.map(\.length) == old.flow.conversation.turns.map(\.length))
    #expect(new.flow.conversation.client.bytes.isEmpty)
  }

  @Test func `a fingerprint keeps shares and lengths and no byte`() throws {
    let old = FlowRecord(
      flow: HTMLPageTests.talk(Array("secret text".utf8)),
      verdict: Verdict(.undetermined, role: .server, evidence: [Evidence(.opaque)]))
    let print = try #require(Self.redactor.redact(old).fingerprint)
    #expect(print.client?.first == [] && print.client?.printable == 100)
    #expect(FingerprintWords.lines(print).contains("> 100 % text, 2.6/3.5 bits"))
  }

  @Test(arguments: ["192.0.2.1", "10.0.0.1", "2001:db8::1", "::ffff:192.0.2.1", "fe80::1"])
  func `addresses that share a prefix share one of that length afterwards`(_ text: String) throws {
    let one = try #require(IPAddress(text))
    let count = one.family == .ipv4 ? 32 : 128
    let mapped = Self.redactor.address(one)
    #expect(mapped.family == one.family && mapped != one)
    #expect(Self.redactor.address(one) == mapped)
    // Of a mapped address the part behind ::ffff: counts.
    for place in 0..<(one.unmapped.family == .ipv4 ? 32 : count) {
      let bits = one.bits ^ UInt128(1) << UInt128(place)
      let other =
        one.family == .ipv4
        ? IPAddress(v4: UInt32(truncatingIfNeeded: bits)) : IPAddress(v6: bits)
      let difference = Self.redactor.address(other).bits ^ mapped.bits
      let isFirstByte = place >= (one.unmapped.family == .ipv4 ? 24 : 120)
      #expect(isFirstByte ? difference != 0 : difference.leadingZeroBitCount == 127 - place)
    }
    #expect(Redactor(key: Array(1..<33)).address(one) != mapped)
  }

  @Test(arguments: [
    "0.0.0.0", "127.0.0.1", "::", "::1", "255.255.255.255", "224.0.0.251", "ff02::fb",
  ])
  func `what every host has stays`(_ text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(Self.redactor.address(address) == address)
  }

  @Test func `the first byte of a unicast address becomes that of another, each of one`() {
    var found: Set<UInt128> = []
    for byte in UInt32(1)...223 where byte != 127 {
      let mapped = Self.redactor.address(IPAddress(v4: byte << 24 | 0x0102_03)).bits >> 24
      #expect((1...223).contains(mapped) && mapped != 127)
      found.insert(mapped)
    }
    #expect(found.count == 222)
  }
}
