import Glibc
import Testing

/// Long work shows itself.
@Suite struct ProgressTests {
  @Test func `Progress as JSON ends with all bytes, and standard output is as without it`() throws {
    let plain = try Command.icwscan("analyze", "--json", "captures")
    let outcome = try Command.icwscan("analyze", "--json", "--progress", "json", "captures")
    #expect(outcome.output == plain.output && outcome.status == 0)
    let states = try outcome.errorLines.map { try JSONText($0) }
    let last = try #require(states.last?["progress"])
    let records = try JSONText.records(plain.output)
    #expect(last["packets"] == records.last?["icwscan.summary.counters.on_port"])
    #expect(last["flows"]?.integer == records.count { $0.kind == "flow" })
    #expect(last["bytes"]?.integer == last["bytes_total"]?.integer)
    let joined = try Command.icwscan("analyze", "--join", "--progress", "json", "captures/ssh")
    #expect(joined.errors.contains("\"packets\":23"))
  }

  @Test func `Compressed input counts as it lies on the disk, and a pipe has no total`() throws {
    let folder = try TemporaryFolder()
    let made = try Command.shell("gzip -c captures/ssh/openssh.pcap > \(folder("a.gz"))")
    #expect(made.status == 0)
    let size = try #require(Place.read(folder("a.gz"))).count
    let packed = try Command.icwscan("analyze", "--progress", "json", folder("a.gz"))
    let last = try JSONText(try #require(packed.errorLines.last))
    #expect(last["progress.bytes"]?.integer == size)
    let piped = try Command.shell(
      "cat captures/ssh/openssh.pcap | $ICWSCAN analyze --progress json -")
    #expect(!piped.errors.contains("bytes_total") && piped.errors.contains("\"packets\":23"))
  }

  @Test func `Merging shows how far it is through its two readings`() throws {
    let folder = try TemporaryFolder()
    let made = try Command.shell(
      "$ICWSCAN analyze --mergeable captures/ssh captures/http > \(folder("a.ndjson"))")
    #expect(made.status == 0)
    let size = try #require(Place.read(folder("a.ndjson"))).count
    let plain = try Command.icwscan("merge", "--json", folder("a.ndjson"))
    let shown = try Command.icwscan("merge", "--json", "--progress", "json", folder("a.ndjson"))
    #expect(shown.output == plain.output && plain.errors.isEmpty)
    let last = try #require(try shown.errorLines.map { try JSONText($0) }.last?["progress"])
    #expect(last["bytes"]?.integer == 2 * size && last["bytes_total"]?.integer == 2 * size)
    let records = try JSONText.records(plain.output)
    #expect(last["packets"] == records.last?["icwscan.summary.counters.on_port"])
    let piped = try Command.shell(
      "cat \(folder("a.ndjson")) | $ICWSCAN merge --progress json - | wc -l")
    #expect(piped.errors.contains("\"packets\":") && !piped.errors.contains("bytes_total"))
  }

  @Test(.enabled(if: Place.has("script"), "script is not installed"))
  func `A terminal sees a line that goes away, a pipe and -q see none`() throws {
    let folder = try TemporaryFolder()
    let feed =
      "(head -c 1500 captures/ssh/openssh.pcap; sleep 1.2; tail -c +1501 captures/ssh/openssh.pcap)"
    func onTerminal(_ options: String) throws -> String {
      let line = "\(feed) | $ICWSCAN analyze \(options) - > \(folder("out"))"
      return try Command.run(
        ["script", "-qec", "bash -c '\(line)'", "/dev/null"],
        environment: ["ICWSCAN": Place.binary, "TERM": "xterm"]
      ).output
    }
    let shown = try onTerminal("")
    #expect(shown.contains("packets of the port") && shown.hasSuffix("\r\u{1b}[K"))
    #expect(try onTerminal("--progress never").isEmpty)
    #expect(try onTerminal("-q").isEmpty)
    let piped = try Command.shell("\(feed) | $ICWSCAN analyze -")
    #expect(piped.errors.isEmpty && piped.status == 0)
    #expect(try Command.icwscan("analyze", "--progress", "often", "captures").status == 2)
  }
}
