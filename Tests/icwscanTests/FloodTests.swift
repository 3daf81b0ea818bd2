import Glibc
import Testing

/// Floods in namespaces: what is counted is true, memory is bounded, conversations are still known, and the end is quick.
@Suite(
  .serialized,
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "network namespaces (unshare -rn), python3 and curl are needed; one of them is not to be had here"
  ))
struct FloodTests {
  /// A capture on v1 of one namespace, flooded from v2 of the other.
  private struct Scene {
    let near: Namespace
    let far: Namespace
    let server: Program
    let capture: Program
    private let before: Int

    init(_ words: [String]) throws {
      (near, far) = try Namespace.pair()
      server = try near.webServer("198.51.100.1")
      capture = try near.start([Place.binary, "live", "-l", "-i", "v1"] + words)
      try capture.wait(for: "capturing on", on: .errors)
      before = try Self.received(near)
    }

    static func received(_ namespace: Namespace) throws -> Int {
      let text = try namespace.run(["ip", "-s", "-j", "link", "show", "v1"]).output
      let link = try #require(try JSONText(text).list.first)
      return try #require(link["stats64.rx.packets"]?.integer)
    }

    /// Frames that the kernel has received on v1 since the capture began.
    func received() throws -> Int { try Self.received(near) - before }

    func flood(_ kind: String, _ count: Int, rate: Int = 0) throws -> Program {
      try far.start([Place.flood, "v2", kind, "198.51.100.1", "\(count)", "\(rate)", "512"])
    }

    /// How many frames a flood has sent.
    func sent(_ flood: Program) throws -> Int {
      let outcome = try flood.finish(seconds: 120)
      return try #require(Int(outcome.output.split(separator: " ")[1]), "\(outcome.errors)")
    }

    /// Ends the capture by Ctrl-C; what it left behind and how many milliseconds that took.
    func end() throws -> (outcome: Program.Outcome, milliseconds: Int) {
      let begin = Self.now
      capture.send(SIGINT)
      let outcome = try capture.finish()
      return (outcome, Self.now - begin)
    }

    private static var now: Int {
      var time = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    /// The most memory that the two processes of the capture ever had resident, in MiB; nil when it can't be read.
    func mostMemory() -> Int? {
      guard let parser = capture.parser else { return nil }
      let sizes = [capture.identifier, parser].compactMap { process in
        Program.status(process, "VmHWM")?.split(separator: " ").first.flatMap { Int($0) }
      }
      return sizes.count == 2 ? sizes.reduce(0, +) / 1_024 : nil
    }
  }

  /// The counters of the summary.
  private func counted(_ outcome: Program.Outcome) throws -> JSONText {
    let summary = try #require(
      try JSONText.records(outcome.output).last { $0.kind == "summary" }, "\(outcome.errors)")
    return try #require(summary["icwscan.summary.counters"])
  }

  /// Kinds of floods and their frames.
  private static let floods =
    Place.testsAll
    ? [("syn", 2_000), ("ports", 2_000), ("flow", 20_000), ("syn", 60_000)]
    : [("syn", 500), ("flow", 2_000)]

  @Test(arguments: floods)
  func `Every frame of a flood is counted, also those that were lost, and a visitor is known`(
    _ kind: String, _ count: Int
  ) throws {
    let scene = try Scene(["--json"])
    let flood = try scene.flood(kind, count, rate: Place.testsAll ? min(count * 2, 20_000) : 2_000)
    try scene.far.fetch("198.51.100.1")
    #expect(try scene.sent(flood) == count)
    let received = try scene.received()
    let (outcome, milliseconds) = try scene.end()
    #expect(outcome.status == 0)
    // A second, and what a build for debugging on a busy machine takes beyond it, with a sanitizer more.
    #expect(milliseconds < (Place.sanitizer == nil ? 15_000 : 30_000), "\(milliseconds) ms")
    let records = try JSONText.records(outcome.output)
    let ends = records.filter { $0["event.action"]?.string == "flow-end" }
    let visitors = ends.filter { $0["icwscan.verdict.application"]?.string == "http" }
    #expect(visitors.count == 1)
    let counts = try counted(outcome)
    let onPort = try #require(counts["on_port"]?.integer)
    let dropped = try #require(counts["dropped"]?.integer)
    // Beside the flood there are the answers of the kernel here and the visitor's packets.
    let lost = dropped + (counts["interface_dropped"]?.integer ?? 0)
    #expect(onPort + lost >= count)
    #expect(received >= count)
    let flows = ends.filter { $0["source.ip"]?.string?.hasPrefix("198.51") != true }
    // Flows for whose record the end had no time, of a packet each.
    let untold = counts["untold"]?.integer ?? 0
    let packets = flows.reduce(untold) { $0 + ($1["source.packets"]?.integer ?? 0) }
    #expect(packets + lost >= count && packets <= count)
    if lost == 0 {
      #expect(packets == count)
      if kind != "flow" { #expect(flows.count + untold == count) }
    }
    // Only where there are more than these.
    if untold > 0 { #expect(flows.count >= 2_048) }
    let summary = try #require(records.last { $0.kind == "summary" })
    let counted = summary["icwscan.summary.transports"]?.list.compactMap { $0["flows"]?.integer }
    #expect(counted?.reduce(0, +) == ends.count + untold)
  }

  @Test func `Text tells a flood in a few lines, and its number of flows`() throws {
    let scene = try Scene([])
    let flood = try scene.flood("syn", 10_000, rate: 10_000)
    try scene.far.fetch("198.51.100.1")
    #expect(try scene.sent(flood) == 10_000)
    try scene.capture.wait(for: "other-application http")
    let (outcome, _) = try scene.end()
    let scans = outcome.lines.filter { $0.contains(" scan ") && $0.contains(":3699") }
    #expect(scans.count <= 3 && scans.last?.contains("many > 198.51.100.1:3699") == true)
    #expect(outcome.lines.count < 100, "\(outcome.lines.count) lines")
  }

  @Test func `Ctrl-C ends a capture under flood, also when nobody reads what it writes`() throws {
    // Far more than a pipe holds, and nothing of it is read.
    let scene = try Scene(["--json"])
    let flood = try scene.flood("syn", 2_000_000, rate: 20_000)
    while try scene.received() < 40_000 {}
    let begin = Program.now
    scene.capture.send(SIGINT)
    // The kernel tells of a program that ended and was not waited for.
    var state: Substring? = ""
    repeat {
      let text = Place.text("/proc/\(scene.capture.identifier)/stat") ?? ""
      state = text.split(separator: ")").last?.prefix(2).suffix(1)
    } while state != "Z" && Program.now - begin < 10
    #expect(state == "Z" && Program.now - begin <= 5, "\(Program.now - begin) s")
    flood.send(SIGKILL)
  }

  @Test(.enabled(if: Place.testsAll, "a million flows only with ICWSCAN_TEST_ALL=1"))
  func `A million made-up senders take at most 256 MiB, and what made room is counted`() throws {
    let scene = try Scene([])
    let flood = try scene.flood("syn", 1_000_000, rate: 40_000)
    for _ in 0..<5 { try scene.far.fetch("198.51.100.1") }
    #expect(try scene.sent(flood) == 1_000_000)
    let received = try scene.received()
    scene.capture.send(SIGUSR1)
    try scene.capture.wait(for: "of the port", on: .errors)
    let memory = scene.mostMemory()
    let (outcome, milliseconds) = try scene.end()
    print("a million flows: \(memory ?? -1) MiB, end after \(milliseconds) ms")
    print(outcome.lines.suffix(12).joined(separator: "\n"))
    // Without optimisation what is kept of a flow takes more.
    #expect(memory ?? .max <= 320)
    #expect(received >= 1_000_000)
    // Of a build so slow that the kernel drops nearly all of them too few are left to fill the table.
    let count = outcome.lines.first { $0.contains(" frames read") }?.prefix { $0.isNumber }
    let read = try #require(count.flatMap { Int($0) })
    #expect(read > 20_000)
    let tells = outcome.output.contains("made room for others in the full table")
    // A flow has a frame or two.
    if read <= 49_152 { #expect(!tells) }
    if read >= 140_000 { #expect(tells) }
    // Where most was dropped, so were some of the few among them.
    #expect(outcome.output.contains(read >= 1_000_000 ? "HTTP in 5 flows" : "HTTP"))
  }
}
