import Testing

/// Flows come out in the order of their first packets, also where an older one holds the others back.
@Suite struct FlowOrderTests {
  private static let server = MadeCapture.End(host: 2, port: 3_699)

  /// One flow that is not over when the others are, and many that are refused at once.
  private static func capture(of flows: UInt16) -> [UInt8] {
    var made = MadeCapture()
    let first = MadeCapture.End(host: 1, port: 40_000)
    made.segment(first, server, MadeCapture.Flags.push, 100, 200, "\u{1}\u{2}x\u{3}\u{7f}")
    for number in 0..<flows {
      let client = MadeCapture.End(host: 0x100 + number, port: 20_000)
      made.segment(client, server, MadeCapture.Flags.syn, 1_000)
      made.segment(server, client, MadeCapture.Flags.reset, 0, 1_001)
    }
    // Long enough for the refused ones to be over, and many frames so that it is looked for.
    made.wait(milliseconds: 400_000)
    made.segment(first, MadeCapture.End(host: 9, port: 80), MadeCapture.Flags.ack, 1, 1)
    made.repeatLast(66_000)
    made.segment(first, server, MadeCapture.Flags.push, 105, 200, "\u{2}\u{1}")
    return made.bytes
  }

  @Test(arguments: [200, 12_000])
  func `an analysis with an old open flow ends, each flow told once and in order`(
    _ flows: UInt16
  ) throws {
    let folder = try TemporaryFolder()
    let file = folder.file("long.pcap", Self.capture(of: flows))
    let outcome = try Command.icwscan("analyze", "--json", file)
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    let starts = lines.filter { $0.contains("icwscan.flow") }
      .map { String($0.dropFirst(15).prefix(27)) }
    #expect(starts == starts.sorted())
    #expect(starts.count >= Int(flows) + 1)
    let summary = try #require(lines.last.map { try JSONText(String($0)) })
    let counters = summary["icwscan.summary.counters"]
    #expect(counters?["on_port"] == .integer(2 * Int(flows) + 2))
  }

  @Test func `a server that contradicts itself minutes later was a spoofer before`() throws {
    var made = MadeCapture()
    let client = MadeCapture.End(host: 1, port: 40_001)
    made.greeting(client, Self.server, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
    // The first connection is long over when the second begins.
    for _ in 0..<2 {
      made.wait(milliseconds: 130_000)
      made.segment(client, MadeCapture.End(host: 9, port: 80), MadeCapture.Flags.ack, 1, 1)
      made.repeatLast(70_000)
    }
    made.greeting(
      MadeCapture.End(host: 1, port: 40_002), Self.server, "* OK IMAP4rev1 Service Ready\r\n")
    let folder = try TemporaryFolder()
    let file = folder.file("spoofer.pcap", made.bytes)
    let records = try JSONText.records(try Command.icwscan("analyze", "--json", file).output)
    let flows = records.filter { $0.kind == "flow" }
    #expect(flows.count == 2)
    for flow in flows {
      #expect(flow["icwscan.verdict.application"] == .null)
      #expect(flow["icwscan.verdict.class"] == .string("other-application"))
    }
  }
}
