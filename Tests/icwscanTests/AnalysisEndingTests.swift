import Glibc
import Testing

/// How an analysis ends whose input goes on and whose output nobody reads.
@Suite(.enabled(if: Place.has("python3"), "python3 is not installed")) struct AnalysisEndingTests {
  /// Writes a capture of 400 flows of a datagram each (raw IP) and keeps the pipe open.
  private static let feeder = """
    import struct, sys, time
    out = sys.stdout.buffer
    out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
    for n in range(400):
        datagram = struct.pack(">HHHH", 10000 + n, 3699, 12, 0) + b"abcd"
        packet = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 32, n, 0, 64, 17, 0, bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])) + datagram
        out.write(struct.pack("<IIII", 1, n, len(packet), len(packet)) + packet)
    out.flush()
    time.sleep(30)
    """

  @Test func `Ctrl-C that came while it read ends it, though its records do not fit into the pipe`()
    throws
  {
    let folder = try TemporaryFolder()
    let script = folder.file("feeder.py", Array(Self.feeder.utf8))
    let analysis = try Program([
      "bash", "-c",
      "python3 \(script) | \(Place.binary) analyze --json - > >(exec sleep 30 >/dev/null 2>&1) & echo $!; wait $!",
    ])
    let number = try #require(Int32(analysis.wait(for: "\n").prefix { $0.isNumber }))
    // Before the program blocks the signal it would end it; then its counters say when everything is read.
    while try #require(Program.blocks(SIGUSR1, process: number) as Bool?) == false {
      usleep(10_000)
    }
    for _ in 0..<100 where !analysis.text(.errors).contains("400 of the port") {
      kill(number, SIGUSR1)
      _ = try? analysis.wait(for: "400 of the port", on: .errors, seconds: 1)
    }
    #expect(analysis.text(.errors).contains("400 of the port"))
    let begun = Program.now
    kill(number, SIGINT)
    while kill(number, 0) == 0, Program.now - begun < 15 { usleep(50_000) }
    #expect(Program.now - begun < 5)
    kill(-analysis.identifier, SIGTERM)
    #expect(try analysis.finish().errors.contains("standard output takes nothing"))
  }

  @Test(arguments: [0, 3, 24])
  func `SIGUSR1 before the capture has begun prints counters when it has, and loses nothing`(
    _ first: Int
  ) throws {
    let folder = try TemporaryFolder()
    let http = try #require(Capture.all.first { $0.path.hasSuffix("http/nginx.pcap") }).path
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    let analysis = try Program([
      Place.binary, "analyze", "--json", folder("pipe"),
    ])
    while try #require(Program.blocks(SIGUSR1, process: analysis.identifier) as Bool?) == false {
      usleep(10_000)
    }
    let writer = try Program([
      "bash", "-c",
      "{ head -c \(first) \(http); kill -USR1 \(analysis.identifier); sleep 0.3; tail -c +\(first + 1) \(http); } > \(folder("pipe"))",
    ])
    #expect(try writer.finish().status == 0)
    let outcome = try analysis.finish()
    #expect(outcome.status == 0 && outcome.errors.contains("of the port"), "\(outcome.errors)")
    #expect(try JSONText.records(outcome.output).count { $0.kind == "flow" } == 1)
  }
}
