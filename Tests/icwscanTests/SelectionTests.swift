import Testing

/// Options that choose which flows are told of.
@Suite struct SelectionTests {
  private static let all = try? JSONText.records(
    Command.icwscan("analyze", "--json", "captures").output)

  /// The flow records of a narrowed run, and those of the whole that `keep` lets through.
  private func expectFlows(
    _ words: [String], _ keep: (JSONText) -> Bool, _ place: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Command.run([Place.binary, "analyze", "--json", "captures"] + words)
    let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }
    let whole = try #require(Self.all).filter { $0.kind == "flow" }
    let expected = whole.filter(keep)
    #expect(!expected.isEmpty && expected.count < whole.count, sourceLocation: place)
    #expect(flows == expected && outcome.status == 0, "\(outcome.errors)", sourceLocation: place)
    let summary = try #require(JSONText.records(outcome.output).last)
    let transports = summary["icwscan.summary.transports"]?.list ?? []
    let told = transports.reduce(0) { $0 + ($1["flows"]?.integer ?? 0) }
    let leftOut = transports.reduce(0) { $0 + ($1["left_out.flows"]?.integer ?? 0) }
    #expect(told == expected.count && told + leftOut == whole.count, sourceLocation: place)
  }

  @Test func `A class, an application, a host and a Community ID each choose their flows`() throws {
    try expectFlows(["--verdict", "scan,undetermined"]) {
      ["scan", "undetermined"].contains($0["icwscan.verdict.class"]?.string)
    }
    try expectFlows(["--application", "redis,ssh"]) {
      ["redis", "ssh"].contains($0["icwscan.verdict.application"]?.string)
    }
    try expectFlows(["--host", "198.51.100.16/28"]) {
      [$0["source.ip"]?.string, $0["destination.ip"]?.string].contains {
        ($0?.hasPrefix("198.51.100.2") ?? false) && $0 != "198.51.100.2"
      }
    }
    let identifier = try #require(
      Self.all?.first { $0.kind == "flow" }?["network.community_id"]?.string)
    try expectFlows(["--flow", identifier]) { $0["network.community_id"]?.string == identifier }
  }

  @Test func `Times choose the flows that go on then`() throws {
    try expectFlows(["--since", "2003-04-08T17:20:57Z", "--until", "2004-01-01"]) {
      let (start, end) = ($0["event.start"]?.string ?? "", $0["event.end"]?.string ?? "")
      return end >= "2003-04-08T17:20:57" && start < "2004-01-01"
    }
    try expectFlows(["--until", "2003-04-08T19:20:00+02:00"]) {
      ($0["event.start"]?.string ?? "") < "2003-04-08T17:20:00"
    }
  }

  @Test func `What is left out is said, and no sentence speaks for it`() throws {
    let outcome = try Command.icwscan("analyze", "captures", "--application", "ssh")
    let all = try #require(Self.all).filter { $0.kind == "flow" }
    let tcp = all.count { $0["network.transport"]?.string == "tcp" }
    #expect(
      outcome.output.contains("3699/tcp, in 1 selected of \(tcp) flows, is not KPN-ICW: it is SSH"))
    #expect(outcome.output.contains("3699/udp: none of \(all.count - tcp) flows selected"))
    #expect(outcome.output.contains("\n\(all.count - 1) flows ("))
    let none = try Command.icwscan("analyze", "captures/ssh", "--verdict", "scan")
    #expect(none.status == 1 && none.output.hasPrefix("3699/tcp: none of 1 flow selected\n"))
    let failing = try Command.icwscan(
      "analyze", "captures/ssh", "--verdict", "scan", "--fail-on", "other-application")
    #expect(failing.status == 1)
  }

  @Test(arguments: [
    ["--since", "yesterday"], ["--since", "2004-01-01", "--until", "2003-01-01"],
    ["--application", "htpp"], ["--application", "http,"], ["--verdict", "good"],
    ["--host", "192.0.2.300"], ["--flow", "abc"], ["--verdict", "scan", "--packets"],
  ])
  func `A wrong choice is refused in one line before anything is read`(words: [String]) throws {
    let outcome = try Command.run([Place.binary, "analyze", "captures"] + words)
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errorLines.count == 1)
  }

  @Test(arguments: ["captures/nmap", "-", "archive"])
  func `-w writes the packets of the chosen flows, with a comment each, from anything`(
    source: String
  ) throws {
    let folder = try TemporaryFolder()
    let capture = "captures/nmap/sip-options.pcap"
    let written = folder("w.pcapng")
    let chosen = ["--verdict", "undetermined", "--json"]
    let outcome: Program.Outcome
    switch source {
    case "-":
      outcome = try Command.run(
        [Place.binary, "analyze", "-", "-w", written] + chosen, input: "\(Place.root)/\(capture)")
    case "archive":
      _ = try Command.shell("tar czf \(folder("a.tgz")) \(capture)")
      outcome = try Command.run([Place.binary, "analyze", folder("a.tgz"), "-w", written] + chosen)
    default:
      outcome = try Command.run([Place.binary, "analyze", source, "-w", written] + chosen)
    }
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(Place.names(in: folder.path).filter { $0 != "a.tgz" } == ["w.pcapng"])
    let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }
    let again = try JSONText.records(Command.icwscan("analyze", "--json", written).output)
    let copies = again.filter { $0.kind == "flow" }
    #expect(!flows.isEmpty && flows.count == copies.count)
    for (one, other) in zip(flows, copies) {
      #expect(one["network.community_id"] == other["network.community_id"])
      #expect(one["network.packets"] == other["network.packets"])
    }
    let comments = String(decoding: Place.read(written) ?? [], as: UTF8.self)
      .components(of: "icwscan: undetermined")
    #expect(comments == flows.count)
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
