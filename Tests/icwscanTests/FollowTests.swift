import Glibc
import Testing

/// Files that grow while they are read.
@Suite(.enabled(if: Place.has("python3"), "python3 is not installed")) struct FollowTests {
  /// Appends the bytes of a recording to a file, from one offset to another.
  private func append(_ range: Range<Int>, of capture: String, to path: String) throws {
    let outcome = try Command.shell(
      "tail -c +\(range.lowerBound + 1) \(capture) | head -c \(range.count) >> \(path)")
    #expect(outcome.status == 0)
  }

  private let capture = "captures/ssh/openssh.pcap"

  @Test func `A growing file is read as it grows, and Ctrl-C ends with the summary and status 0`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder("grows.pcap")
    let size = try #require(Place.read("\(Place.root)/\(capture)")).count
    // Cut in the middle of a record.
    try append(0..<1_501, of: capture, to: path)
    let analysis = try Program([Place.binary, "analyze", "--follow", "--packets", "-l", path])
    try analysis.wait(for: "Flags [S.]")
    let before = analysis.text(.output).count
    try append(1_501..<size, of: capture, to: path)
    try analysis.wait(for: "Flags [F.]", behind: before)
    analysis.send(SIGINT)
    let outcome = try analysis.finish()
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.contains("3699/tcp is not KPN-ICW: it is SSH"))
    #expect(outcome.output.contains("23 frames read, 23 of the port"))
  }

  @Test(arguments: ["mv grows.pcap old.pcap && cp", "cat"])
  func `A file that is moved away or cut back is followed by the next of its name`(_ change: String)
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder("grows.pcap")
    let first = "captures/ssh/openssh.pcap"
    let second = "\(Place.root)/captures/almost-ssh"
    let other = try #require(Place.names(in: second).first { $0.hasSuffix(".pcap") })
    _ = try Command.shell("cp \(first) \(path)")
    let analysis = try Program([Place.binary, "analyze", "--follow", "--packets", "-l", path])
    try analysis.wait(for: "Flags [F.]")
    let isCut = change == "cat"
    let line =
      isCut
      ? "head -c 100 \(second)/\(other) > grows.pcap; sleep 1.5; tail -c +101 \(second)/\(other) >> grows.pcap"
      : "\(change) \(second)/\(other) grows.pcap"
    #expect(try Command.shell(line, directory: folder.path).status == 0)
    let frames = try JSONText.records(
      Command.icwscan("analyze", "--json", "\(second)/\(other)").output)
    let count = try #require(frames.last?["icwscan.summary.counters.received"]?.integer)
    for _ in 0..<100 where !analysis.text(.errors).contains("\(23 + count) frames read") {
      analysis.send(SIGUSR1)
      _ = try? analysis.wait(for: "\(23 + count) frames read", on: .errors, seconds: 1)
    }
    analysis.send(SIGTERM)
    let outcome = try analysis.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 capture files read"))
  }

  @Test func `What can't be followed is refused in a line`() throws {
    let folder = try TemporaryFolder()
    _ = try Command.shell("gzip -c \(capture) > \(folder("a.gz"))")
    for words in [
      ["-"], [], [capture, capture], [capture, "--join"], [capture, "-w", folder("w")],
      [folder("a.gz")], ["/no/such"],
    ] {
      let outcome = try Command.run([Place.binary, "analyze", "--follow"] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(words) \(outcome.errors)")
    }
  }
}
