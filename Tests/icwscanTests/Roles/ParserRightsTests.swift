import Glibc
import Testing

/// The process that reads packets, looked at in /proc while it runs.
@Suite(
  .enabled(
    if: getuid() == 0 && Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "needs root, network namespaces (unshare -n), python3 and curl"))
struct ParserRightsTests {
  private static let nobody = "65534"

  private func capture(
    _ namespace: Namespace, _ variables: [String] = [], _ words: String...
  ) throws -> Program {
    let capture = try namespace.start(
      ["env"] + variables + [Place.binary, "live", "-l", "-i", "lo"] + words)
    try capture.wait(for: "capturing on", on: .errors)
    return capture
  }

  private func descriptors(_ process: pid_t) -> [String] {
    Place.names(in: "/proc/\(process)/fd").compactMap { number in
      var buffer = [CChar](repeating: 0, count: 4_096)
      let count = unsafe readlink("/proc/\(process)/fd/\(number)", &buffer, buffer.count - 1)
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  @Test(arguments: [
    ([], "", nobody), (["SUDO_UID=12345", "SUDO_GID=12346"], "", "12345"),
    (["SUDO_UID=0", "SUDO_GID=0"], "", nobody),
    (["SUDO_UID=12345", "SUDO_GID=12346"], "daemon", "1"),
  ])
  func `It is another user, has no right, and only what is open`(
    _ variables: [String], _ user: String, _ expected: String
  ) throws {
    let namespace = try Namespace(isOwnUser: false)
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let words = user.isEmpty ? [] : ["-Z", user]
    let capture = try namespace.start(
      ["env"] + variables
        + [Place.binary, "live", "-l", "-i", "lo", "-w", folder("w.pcapng")] + words)
    try capture.wait(for: "capturing on", on: .errors)
    let parser = try #require(capture.parser)
    #expect(Program.waits { Program.status(parser, "Seccomp") == "2" })
    for field in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
      #expect(Program.status(parser, field) == "0000000000000000", "\(field)")
    }
    #expect(
      Program.status(parser, "Uid") == Array(repeating: expected, count: 4).joined(separator: " "))
    #expect(Program.status(parser, "Gid")?.split(separator: " ").contains("0") == false)
    #expect(Program.status(parser, "Groups") == "")
    #expect(Program.status(parser, "NoNewPrivs") == "1")
    // The thread sanitizer has one of its own.
    #expect(
      Program.status(parser, "Threads") == (Place.sanitizer == "thread" ? "2" : "1"))
    // No handler of the runtime's would start a program after a crash: QUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV.
    for process in [parser, capture.identifier] {
      let caught = Program.status(process, "SigCgt").flatMap { UInt64($0, radix: 16) }
      let crashes = [3, 4, 5, 6, 7, 8, 11].reduce(UInt64(0)) { $0 | 1 << UInt64($1 - 1) }
      #expect(caught.map { $0 & crashes } == 0)
    }
    let open = descriptors(parser)
    #expect(open.contains { $0.hasSuffix("/w.pcapng") })
    for path in open where path.hasPrefix("/") {
      var status = stat()
      #expect(unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR, "\(path)")
      #expect(!path.contains("/proc/") && !path.contains("trac"), "\(path)")
    }
    // One packet socket, one socket to the helper, no netlink.
    let sockets = open.filter { $0.hasPrefix("socket:[") }.map { $0.dropFirst(8).dropLast() }
    let netlink = Place.text("/proc/\(parser)/net/netlink") ?? ""
    #expect(sockets.count == 2, "\(open)")
    for socket in sockets {
      #expect(
        !netlink.split(separator: "\n").contains { $0.split(separator: " ").contains(socket) })
    }
    // It works all the same.
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("pid \(server.identifier)"))
    var status = stat()
    #expect(unsafe stat(folder("w.pcapng"), &status) == 0)
    let owner = variables.first.flatMap { UInt32($0.dropFirst("SUDO_UID=".count)) } ?? 0
    #expect(status.st_uid == owner)
  }

  @Test func `-Z refuses a user that there is not`() throws {
    let outcome = try Command.icwscan("live", "-Z", "no-such-user")
    #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("no-such-user"))
  }

  @Test(
    .enabled(
      if: Place.sanitizer != "thread", "a thread of the sanitizer's own keeps rights"))
  func `--sandbox strict goes on where every right can be given up`() throws {
    let namespace = try Namespace(isOwnUser: false)
    let capture = try capture(namespace, [], "--sandbox", "strict")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
  }

  @Test func `--sandbox strict does not begin where a right stays, and says which`() throws {
    // Its own user namespace has no other user.
    let namespace = try Namespace()
    let outcome = try namespace.run([Place.binary, "live", "-i", "lo", "--sandbox", "strict"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("(user)") && outcome.errors.contains("--sandbox strict"))
  }
}
