import Glibc
import Testing

/// Reading that fails as the kernel lets it fail: what was read before is told, and nothing is told that was not read.
@Suite(.faults) struct ReadFaultTests {
  private let http = "captures/http/python.pcap"
  /// One of whose flows has F8 from what its hosts did beside the port.
  private static let readTwice = "captures/icw-reconstructed-nec/ssl-then-udp-ppp.pcap"

  @Test(arguments: ["short", "interrupted"])
  func `Short and interrupted calls change nothing`(_ fault: String) throws {
    let folder = try TemporaryFolder()
    for words in [
      ["analyze", "--json"], ["analyze", "--packets", "-X"], ["analyze", "--mergeable"],
    ] {
      let usual = try Command.run([Place.binary] + words + ["captures/http", "captures/dns"])
      let outcome = try Command.run(
        [Place.binary] + words + ["captures/http", "captures/dns"],
        environment: FaultShim.variables(fault))
      #expect(outcome.output == usual.output && outcome.status == usual.status, "\(words)")
      #expect(outcome.errors == usual.errors)
    }
    let packed = folder("a.gz")
    #expect(try Command.shell("gzip -c \(http) > \(packed)").status == 0)
    for path in [packed, http] {
      #expect(
        try FaultShim.icwscan(fault, "analyze", "-w", folder("out.pcapng"), path).status == 0)
      #expect(try Command.icwscan("analyze", "-w", folder("usual.pcapng"), path).status == 0)
      #expect(Place.read(folder("out.pcapng")) == Place.read(folder("usual.pcapng")))
    }
  }

  @Test(arguments: ["short", "interrupted"])
  func `They change nothing in records that are merged, nor in a state file`(
    _ fault: String
  ) throws {
    let folder = try TemporaryFolder()
    let records = try Command.icwscan("analyze", "--mergeable", "captures/http", "captures/smtp")
    let file = folder.file("records", Array(records.output.utf8))
    let usual = try Command.icwscan("merge", "--json", file)
    #expect(usual.status == 0)
    #expect(try FaultShim.icwscan(fault, "merge", "--json", file).output == usual.output)
    let piped = try Command.run(
      [Place.binary, "merge", "--json", "-"], input: file, environment: FaultShim.variables(fault))
    #expect(piped.status == 0 && piped.lines.count == usual.lines.count, "\(piped.errors)")
    let state = folder("state")
    let first = try FaultShim.icwscan(fault, "analyze", "--resume", state, "captures/http")
    let again = try FaultShim.icwscan(fault, "analyze", "--resume", state, "captures/http")
    #expect(first.status == 0 && again.status == 0, "\(first.errors) \(again.errors)")
    #expect(!again.output.contains("python.pcap:"))
  }

  @Test func `A disk that fails in the middle gives what precedes, and 4`() throws {
    let whole = try Command.icwscan("analyze", "--json", "--packets", http)
    let size = try #require(Place.read("\(Place.root)/\(http)")).count
    for place in [0, 20, 200, size / 2, size - 1] {
      let outcome = try FaultShim.icwscan(
        "read:\(EIO):\(place):python.pcap", "analyze", "--json", "--packets", http)
      #expect(outcome.status == (place < 24 ? 2 : 4), "\(place): \(outcome.errors)")
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains("python.pcap"))
      let packets = try JSONText.records(outcome.output).filter { $0.kind == "packet" }.count
      #expect(packets < (try JSONText.records(whole.output).filter { $0.kind == "packet" }.count))
      if place == size / 2 { #expect(packets > 0) }
    }
  }

  @Test func `One file that can't be read hides no other`() throws {
    let outcome = try FaultShim.icwscan(
      "read:\(EIO):100:python.pcap", "analyze", "--json", http, "captures/dns/dnsmasq.pcap")
    let alone = try Command.icwscan("analyze", "--json", "captures/dns")
    #expect(outcome.status == 4)
    let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }.count
    #expect(flows >= (try JSONText.records(alone.output).filter { $0.kind == "flow" }.count))
  }

  /// Bytes read by one thread, and by several (`SharedCapture`).
  @Test(arguments: [2, 24])
  func `A file that is cut while it is read gives what is in front of the cut, and 4`(
    _ mebibytes: Int
  ) throws {
    let folder = try TemporaryFolder()
    let (client, server) = (
      MadeCapture.End(host: 1, port: 40_000), MadeCapture.End(host: 2, port: 3_699)
    )
    var made = MadeCapture()
    let head = made.bytes
    made.greeting(client, server, "SSH-2.0-OpenSSH_9.2\r\n")
    let other = MadeCapture.End(host: 3, port: 80)
    let text = String(repeating: "x", count: 26_000)
    for _ in 0..<40 { made.segment(other, client, MadeCapture.Flags.push, 1, 1, text) }
    let piece = made.bytes.dropFirst(head.count)
    let path = folder.file("a.pcap", head + (0..<mebibytes).flatMap { _ in piece })
    // In the middle of a record, behind what every thread has read by then.
    let cut = mebibytes * 1_048_576 / 2 + 5
    let waiting = folder.file("waiting", [])
    let run = try Program(
      [Place.binary, "analyze", "--json", "--packets", path],
      environment: FaultShim.variables("hold:\(waiting):1:a.pcap"))
    try run.wait(for: "waiting behind a read", on: .errors)
    #expect(unsafe truncate(path, cut) == 0 && unlink(waiting) == 0)
    let outcome = try run.finish()
    let usual = try Command.icwscan("analyze", "--json", "--packets", path)
    #expect(outcome.status == 4 && usual.status == 4, "\(outcome.errors)")
    // How many bytes it had is told as it was in the beginning.
    let plain = SegmentedAnalysisTests.withoutSizes
    #expect(plain(outcome.output) == plain(usual.output))
    #expect(plain(outcome.errors).hasSuffix(plain(usual.errors)) && usual.errors.contains("a.pcap"))
    #expect(outcome.output.contains("OpenSSH_9.2"))
  }

  @Test func `A file that is replaced before its second reading lends it no evidence`() throws {
    let folder = try TemporaryFolder()
    let bytes = try #require(Place.read("\(Place.root)/\(Self.readTwice)"))
    let path = folder.file("a.pcap", bytes)
    let other = folder.file("b.pcap", bytes)
    func evidence(_ output: String) throws -> [String?] {
      try JSONText.records(output).compactMap { $0["icwscan.verdict.evidence"]?.list }
        .flatMap { $0.map { $0["item"]?.string } }
    }
    #expect(try evidence(try Command.icwscan("analyze", "--json", path).output).contains("F8"))
    let run = try Program(
      [Place.binary, "analyze", "--json", path],
      environment: FaultShim.variables("pause:\(other):a.pcap"))
    try run.wait(for: "second opening", on: .errors)
    #expect(unsafe rename(other, path) == 0)
    let outcome = try run.finish()
    let found = try evidence(outcome.output)
    #expect(outcome.status == 0 && found.contains("F5") && !found.contains("F8"))
  }
}
