import Glibc

/// A network namespace of a test's own, with its loopback up; it ends with the test.
final class Namespace {
  /// Whether this system lets this user make one.
  static let isPermitted: Bool = (try? Command.run(["unshare", "-rn", "ip", "link"]))?.status == 0

  /// Whether a mount namespace can be made beside it; in a chroot it can't.
  static let canMount: Bool = (try? Command.run(["unshare", "-m", "true"]))?.status == 0

  private let holder: Program
  /// The number of the process that holds it.
  let process: String

  private let isOwnUser: Bool

  /// A namespace; `inside` another one they can be joined by a pair of devices. Without `isOwnUser` it has no user
  /// namespace of its own, so that programs in it can be of several users; that needs root.
  init(inside other: Namespace? = nil, isOwnUser: Bool = true) throws {
    self.isOwnUser = isOwnUser
    // Something that waits forever holds the namespace until it is killed.
    let wait = ["bash", "-c", "ip link set lo up && echo ready $$ && exec tail -f /dev/null"]
    holder =
      try other?.start(["unshare", "-n"] + wait)
      ?? Program(["unshare", isOwnUser ? "-rn" : "-n"] + wait)
    let text = try holder.wait(for: "ready ")
    process = String(text.dropFirst("ready ".count).prefix(while: \.isNumber))
  }

  /// Two namespaces that a pair of Ethernet devices joins: v1 at 198.51.100.1 in the first, v2 at 198.51.100.2.
  static func pair(isOwnUser: Bool = true) throws -> (near: Namespace, far: Namespace) {
    let near = try Namespace(isOwnUser: isOwnUser)
    let far = try Namespace(inside: near, isOwnUser: isOwnUser)
    try near.connect(to: far)
    return (near, far)
  }

  /// Joins this namespace, which may do so, to another one: see `pair`.
  func connect(to far: Namespace) throws {
    try run([
      "ip", "link", "add", "v1", "type", "veth", "peer", "name", "v2", "netns", far.process,
    ])
    for (namespace, end) in [(self, "1"), (far, "2")] {
      try namespace.run(["ip", "addr", "add", "198.51.100.\(end)/24", "dev", "v\(end)"])
      try namespace.run(["ip", "link", "set", "v\(end)", "up"])
    }
  }

  private var prefix: [String] {
    ["nsenter", "-t", process] + (isOwnUser ? ["-U"] : []) + ["-n", "--preserve-credentials"]
  }

  /// Starts a program inside.
  func start(_ words: [String]) throws -> Program { try Program(prefix + words) }

  /// Runs a program inside to its end.
  @discardableResult func run(_ words: [String], seconds: Int = 60) throws -> Program.Outcome {
    try Command.run(prefix + words, seconds: seconds)
  }

  /// A web server on port 3699 of `address`, which has said that it serves.
  func webServer(_ address: String = "127.0.0.1", port: Int = 3699) throws -> Program {
    let server = try start(["python3", "-u", "-m", "http.server", "--bind", address, "\(port)"])
    try server.wait(for: "Serving HTTP")
    return server
  }

  /// A live capture that has begun.
  func live(_ words: String..., on interfaces: [String] = ["lo"]) throws -> Program {
    let capture = try start(
      [Place.binary, "live", "-l"] + interfaces.flatMap { ["-i", $0] } + words)
    try capture.wait(for: "capturing on", on: .errors)
    return capture
  }

  /// One request to the web server.
  func fetch(_ address: String = "127.0.0.1") throws {
    let outcome = try run([
      "curl", "-sS", "--max-time", "10", "-o", "/dev/null", "http://\(address):3699/",
    ])
    if outcome.status != 0 {
      throw Program.Failure.noLine("curl", output: outcome.output, errors: outcome.errors)
    }
  }
}
