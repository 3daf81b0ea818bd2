import Flows
import Identify
import Packets
import Report
import Sockets
import Testing
import Verdicts

@Suite struct SchemaTests {
  /// Python's validator of draft 2020-12, where the machine has it.
  private static let python: String? = {
    guard let python = Command.path("python3"),
      Command.run(python, ["-c", "from jsonschema import Draft202012Validator"]).status == 0
    else {
      print("SKIPPED: python3 with jsonschema is not installed; records are not validated")
      return nil
    }
    return python
  }()

  private static var good: [JSONValue] {
    let plain = Hostile(bytes: Array("plain".utf8))
    var bare = Samples.flow(
      .udp, client: Endpoint(IPAddress("2001:db8::1")!, 5), server: Samples.server)
    bare.firstICMPError = Samples.icmp
    let tls = Samples.verdict(
      .otherApplication, "tls", facts: [Fact(.serverName, "a.example"), Fact(.version, "TLS 1.2")])
    let dns = Samples.verdict(.otherApplication, "dns", facts: [Fact(.question, "example.com A")])
    let missing = Samples.listener([], address: Array(repeating: 0, count: 16), missing: .timeWait)
    let evidence = Verdict(
      .undetermined, role: .unknown, evidence: EvidenceItem.allCases.map { Evidence($0, .note) },
      missing: Missing.allCases)
    return plain.json + Hostile.strings.prefix(4).flatMap { Hostile(bytes: $0).json } + [
      Samples.record().json, Samples.record(tls).json, Samples.record(dns).json,
      Samples.record(evidence, flow: bare).json, Samples.orphan.json,
      SocketRecord(owned: missing, port: 3699, time: Samples.start).json,
      PacketSamples.record(PacketSamples.syn).json, PacketSamples.error.json,
      SummaryRecord(tally: Tally()).json,
      SummaryRecord(tally: Tally(), files: 3, otherFiles: 1, doneBefore: 2).json,
      DropsRecord(
        time: Samples.start, received: 5, dropped: 1, interfaceDropped: 0,
        unread: Malformed.Reason.allCases.map { .init(.tcp, $0, count: 1) }
      ).json,
    ] + ErrorRecord.Kind.allCases.map { ErrorRecord($0).json }
      + VerdictClass.allCases.map { Samples.record(Verdict($0, role: .both)).json }
  }

  /// What the validator says of each record: whether it is valid.
  private func validity(_ records: [JSONValue]) throws -> [Bool]? {
    guard let python = Self.python else { return nil }
    let schema = try #require(Command.file(Array(Schema.text.utf8)))
    let lines = try #require(Command.file(records.flatMap(\.line)))
    defer {
      Command.remove(schema)
      Command.remove(lines)
    }
    let program = """
      import json, sys
      from jsonschema import Draft202012Validator
      schema = json.load(open(sys.argv[1]))
      Draft202012Validator.check_schema(schema)
      validator = Draft202012Validator(schema)
      for line in open(sys.argv[2], encoding="utf-8", newline="\\n"):
          print(1 if validator.is_valid(json.loads(line)) else 0)
      """
    let (output, status) = Command.run(python, ["-c", program, schema, lines])
    try #require(status == 0)
    return output.split(separator: "\n").map { $0 == "1" }
  }

  @Test func `records of every kind are valid`() throws {
    let records = Self.good
    guard let validity = try validity(records) else { return }
    #expect(validity.count == records.count)
    for (record, isValid) in zip(records, validity) where !isValid {
      Issue.record("not valid: \(String(decoding: record.line, as: UTF8.self))")
    }
  }

  @Test func `a record that says more, less or otherwise is not`() throws {
    var bent: [JSONValue] = []
    for case .object(let record) in Self.good {
      var more = record
      more["surprise"] = 1
      bent.append(.object(more))
      guard case .object(let own)? = record["icwscan"] else {
        Issue.record("no icwscan")
        continue
      }
      for change: (inout JSONObject) -> Void in [
        { $0["surprise"] = true }, { $0["record"] = "flown" }, { $0["record"] = nil },
        { $0["schema_version"] = 2 },
      ] {
        var changed = own
        change(&changed)
        var other = record
        other["icwscan"] = .object(changed)
        bent.append(.object(other))
      }
    }
    guard case .object(var flow) = Samples.record().json, case .object(var own)? = flow["icwscan"],
      case .object(var verdict)? = own["verdict"]
    else { return }
    verdict["class"] = "kpn-icw"
    own["verdict"] = .object(verdict)
    flow["icwscan"] = .object(own)
    bent.append(.object(flow))
    guard let validity = try validity(bent) else { return }
    #expect(validity.count == bent.count)
    #expect(!validity.contains(true))
  }
}
