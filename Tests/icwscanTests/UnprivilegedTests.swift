import Glibc
import Testing

/// Live captures without root's rights.
@Suite struct UnprivilegedTests {
  @Test(
    .enabled(
      if: getuid() == 0 && Place.has("setpriv"),
      "needs root to become another user, and setpriv (util-linux)"))
  func `Without the right to capture the owner is told, then what is missing, and 3`() throws {
    let folder = try TemporaryFolder()
    _ = try Command.run(["cp", Place.binary, folder("icwscan")])
    for words in [[], ["live"], ["live", "-i", "lo"]] {
      let outcome = try Command.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", folder("icwscan")] + words,
        directory: "/")
      #expect(outcome.status == 3, "\(words): \(outcome.errors)")
      #expect(outcome.output.contains("3699/tcp"))
      #expect(outcome.errors.contains("setcap") && outcome.errors.contains("sudo"))
    }
  }

  /// A capture by a user who may capture and nothing else, of a server that is root's.
  private func missingOwner(hiding: Bool) throws -> JSONText? {
    let folder = try TemporaryFolder()
    _ = try Command.run(["cp", Place.binary, folder("icwscan")])
    let namespace = try Namespace(isOwnUser: false)
    let server = try namespace.webServer()
    let mount = hiding ? "mount -t proc -o hidepid=2 proc /proc && " : ""
    let capture = try namespace.start([
      "unshare", "-m", "bash", "-c",
      """
      \(mount)exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+net_raw --ambient-caps=+net_raw \
        \(folder("icwscan")) live -l --json -ilo
      """,
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try namespace.fetch()
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    withExtendedLifetime(server) {}
    #expect(outcome.status == 0, "\(outcome.errors)")
    let flow = try JSONText.records(outcome.output).last { $0.kind == "flow" }
    #expect(flow?["icwscan.server_process.pid"] == nil)
    return flow?["icwscan.missing_owner"]
  }

  @Test(
    .enabled(
      if: getuid() == 0 && Namespace.canMount && Place.has("setpriv") && Place.has("python3")
        && Place.has("curl"),
      "needs root to become another user and to mount (unshare -m), setpriv (util-linux), python3 and curl"
    ),
    arguments: [(false, "permission-denied"), (true, "hidepid")])
  func `A live capture says why it may not see an owner`(_ hiding: Bool, _ reason: String) throws {
    let found = try missingOwner(hiding: hiding)?.string
    #expect(found == reason)
  }

  @Test(
    .enabled(
      if: getuid() == 0 && ["setpriv", "setcap", "python3", "curl"].allSatisfy(Place.has),
      "needs root to become another user and to give a file capabilities: setpriv, setcap, python3, curl"
    ))
  func `The manual's setcap lets a user capture who has no other right`() throws {
    let line = try #require(
      (Place.text("\(Place.root)/man/icwscan.1") ?? "").split(separator: "\n")
        .first { $0.hasPrefix(".Dl setcap ") })
    let words = line.split(separator: " ").dropFirst().map(String.init)
    let folder = try TemporaryFolder()
    _ = try Command.run(["cp", Place.binary, folder("icwscan")])
    #expect(try Command.run(words.dropLast() + [folder("icwscan")]).status == 0)
    let namespace = try Namespace(isOwnUser: false)
    let server = try namespace.webServer()
    let capture = try namespace.start([
      "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", folder("icwscan"), "live",
      "-l", "-i", "lo",
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try namespace.fetch()
    try capture.wait(for: "is not KPN-ICW: it is HTTP")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    withExtendedLifetime(server) {}
  }
}
