import Testing

@Suite struct RedactionTests {
  private static let capture = "captures/http/python.pcap"

  @Test func `what is redacted names nobody, in records, lines, page and packets alike`() throws {
    let folder = try TemporaryFolder()
    let (page, packets) = (folder("report.html"), folder("out.pcapng"))
    let records = try Command.icwscan(
      "analyze", "--redact", "--json", Self.capture, "--html", page, "-w", packets)
    #expect(records.status == 0 && records.errors.isEmpty)
    let lines = try Command.icwscan("analyze", "--redact", "--explain", Self.capture)
    let ticket = try Command.icwscan("analyze", "--redact", "--report", "md", Self.capture)
    let owner = try Command.icwscan("owner", "--redact")
    for text in [lines.output, ticket.output, owner.output] {
      #expect(text.contains("Addresses, names and payload are replaced (--redact)"), "\(text)")
    }
    #expect(ticket.lines.first?.hasPrefix("**3699/tcp is not KPN-ICW: it is HTTP") == true)
    let written = String(decoding: try #require(Place.read(packets)), as: UTF8.self)
    let texts = [
      records.output, lines.output, ticket.output, try #require(Place.text(page)), written,
    ]
    for text in texts {
      for word in ["192.0.2.1", "198.51.100.2", "SimpleHTTP", "curl", Self.capture, "python"] {
        #expect(!text.contains(word), "\(word)")
      }
    }
    if Validator.isInstalled { #expect(try Validator.check(records.output).isEmpty) }
  }

  @Test(.enabled(if: Place.has("tcpdump"), "tcpdump is not installed"))
  func
    `redacted packets are whole: as many, with right checksums and the addresses of the records`()
    throws
  {
    let folder = try TemporaryFolder()
    for name in ["http/python.pcap", "dns", "scan", "icw-reconstructed-nec"] {
      let packets = folder("\(name.replacing("/", with: "-")).pcapng")
      let records = try Command.icwscan(
        "analyze", "--redact", "--json", "captures/\(name)", "-w", packets)
      let again = try Command.icwscan("analyze", "--json", packets)
      #expect(Self.flows(records.output) == Self.flows(again.output), "\(name)")
      #expect(!Self.flows(again.output).isEmpty)
      if name == "http/python.pcap" {
        #expect(again.output.contains(#""item":"zeros""#))
        let lines = try Command.icwscan("analyze", packets).output
        #expect(lines.contains("its payload is zeros alone") && !lines.contains("rules --help"))
      }
      let shown = try Command.run(["tcpdump", "-nvvr", packets])
      #expect(shown.output.contains("(correct)") || shown.output.contains("udp sum ok"))
      for fault in ["incorrect", "bad ", "trunc", "[|"] {
        #expect(!shown.output.contains(fault), "\(name): \(fault)")
      }
    }
  }

  /// Ends and numbers of packets of each flow.
  private static func flows(_ records: String) -> Set<String> {
    var flows: Set<String> = []
    for line in records.split(separator: "\n") where line.contains("\"record\":\"flow\"") {
      let ends = ["\"destination\":{", "\"source\":{"].map { name in
        line.firstRange(of: name).map { line[$0.upperBound...].prefix { $0 != "}" } } ?? ""
      }
      // Bytes count the link layer, which is gone.
      flows.insert(
        ends.map { end in
          end.split(separator: ",").filter { !$0.contains("bytes") }.joined(separator: ",")
        }.joined(separator: " > "))
    }
    return flows
  }

  @Test func `the same address is the same within a run, and another in the next`() throws {
    let runs = try (0..<2).map { _ in
      try Command.icwscan("analyze", "--redact", "--json", "captures/http").output
    }
    let sets = runs.map(Self.flows)
    #expect(sets[0].count == sets[1].count && sets[0].isDisjoint(with: sets[1]))
  }

  @Test func `what would show it all the same is refused`() throws {
    let cases = [
      ["analyze", "--redact", "--packets", Self.capture],
      ["analyze", "--redact", "-X", Self.capture],
      ["analyze", "--redact", "--mergeable", Self.capture],
      ["analyze", "--redact", "--resume", "/nonexistent/state", Self.capture],
      ["analyze", "--report", "md", "--json", Self.capture],
      ["owner", "--report", "md", "--watch"],
      ["owner", "--report", "html"],
    ]
    for words in cases {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(words): \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func `owner has a ticket, too`() throws {
    let outcome = try Command.icwscan("owner", "--report", "md", "--redact", "--port", "9")
    #expect(outcome.lines.first?.hasPrefix("**9/tcp") == true)
    #expect(outcome.output.contains("Next:"))
  }
}
