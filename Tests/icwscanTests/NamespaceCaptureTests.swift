import Glibc
import Testing

/// `live --netns`: the capture, the owners and the files of another network namespace.
@Suite(
  .enabled(
    if: getuid() == 0 && Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "root, network namespaces, python3 and curl are needed; one of them is not to be had here"))
struct NamespaceCaptureTests {
  /// How a namespace is named on the command line.
  enum Naming: CaseIterable, Sendable {
    case process, path, name
  }

  @Test(arguments: Naming.allCases)
  func `A namespace is captured as if one were in it, however it is named`(_ naming: Naming) throws
  {
    let namespace = try Namespace(isOwnUser: false)
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let path = "/proc/\(namespace.process)/ns/net"
    let name = "icwscan-test-\(getpid())-\(namespace.process)"
    if naming == .name {
      #expect(try Command.run(["ip", "netns", "attach", name, namespace.process]).status == 0)
    }
    defer { if naming == .name { _ = try? Command.run(["ip", "netns", "del", name]) } }
    let word =
      switch naming {
      case .process: namespace.process
      case .path: path
      case .name: name
      }
    let capture = try Program([
      Place.binary, "live", "--netns", word, "-i", "lo", "--json", "-w", folder("there.pcapng"),
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try namespace.fetch()
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let records = try JSONText.records(outcome.output)
    // Other namespaces of this host may have sockets on the port, too.
    let holders = records.filter { $0.kind == "socket" }.map { $0["process.pid"]?.integer }
    #expect(holders.contains(Int(server.identifier)))
    let end = try #require(records.first { $0["event.action"]?.string == "flow-end" })
    #expect(end["icwscan.verdict.application"]?.string == "http")
    #expect(end["icwscan.server_process.pid"]?.integer == Int(server.identifier))
    #expect(Place.names(in: folder.path) == ["there.pcapng"])
    let kept = try Command.icwscan("analyze", "--json", folder("there.pcapng"))
    let flow = try #require(try JSONText.records(kept.output).first { $0.kind == "flow" })
    #expect(flow["network.packets"] == end["network.packets"])
    #expect(flow["icwscan.server_process.pid"]?.integer == Int(server.identifier))
  }

  @Test func `What to do next is to be done there`() throws {
    let namespace = try Namespace(isOwnUser: false)
    let outcome = try Command.icwscan(
      "live", "--netns", namespace.process, "-i", "lo", "--duration", "1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        ": sudo icwscan live --netns \(namespace.process) -i lo --json --output port.ndjson"),
      "\(outcome.output)")
  }

  @Test(arguments: [
    ("no-such-namespace", 2, "there is no network namespace no-such-namespace"),
    ("/etc/passwd", 2, "/etc/passwd is no network namespace"),
    ("/proc/self/ns/pid", 2, "is no network namespace"),
    ("a\u{1b}[2J", 2, "there is no network namespace"),
  ])
  func `What is no namespace is refused in one line, and nothing is captured`(
    _ word: String, _ status: Int32, _ said: String
  ) throws {
    let outcome = try Command.icwscan("live", "--netns", word, "-i", "lo")
    #expect(outcome.status == status && outcome.output.isEmpty)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(!outcome.errors.contains("\u{1b}"))
  }

  @Test func `Without the right to enter, that is what is said`() throws {
    let namespace = try Namespace(isOwnUser: false)
    let folder = try TemporaryFolder()
    #expect(try Command.run(["cp", Place.binary, folder("icwscan")]).status == 0)
    let outcome = try Command.run([
      "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", folder("icwscan"),
      "live",
      "--netns", "/proc/\(namespace.process)/ns/net", "-i", "lo",
    ])
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains("not permitted"))
  }
}
