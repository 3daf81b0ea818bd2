import Glibc

/// A server, a live capture, and swarms of clients that live for a moment.
final class BriefSwarm {
  /// Where clients, server and capture are.
  enum Place: String, CaseIterable {
    /// All in the host's namespace, over loopback.
    case host
    /// All in one namespace of the test's own, over loopback.
    case namespace
    /// The clients in another namespace than server and capture, over a pair of Ethernet devices.
    case across
  }

  /// What became of the clients of one kind and family.
  struct Tally: CustomStringConvertible {
    var kind = ""
    var family = 4
    var clients = 0
    var seen = 0
    var named = 0
    var vanished = 0
    var ways: [String: Int] = [:]
    var wrong: [String] = []
    var unread = 0

    var description: String {
      let ways = ways.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return "\(kind) over IPv\(family): \(clients) clients, \(seen) flows, \(named) named, "
        + "\(vanished) vanished, \(wrong.count) wrong (\(ways.joined(separator: ", ")); "
        + "\(unread) gone before /proc was read)"
    }
  }

  private struct Run {
    var kind: String
    var family: Int
    /// The process by its port; of clients that got the same one the first.
    var truth: [Int: Int] = [:]
    var clients = 0
  }

  /// The program beside the one under test.
  private static let client =
    icwscanTests.Place.binary.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/BriefClient"

  /// Whether such a measurement can be made here.
  static let isPossible: Bool = {
    guard getuid() == 0, icwscanTests.Place.isFile(client),
      (try? Command.run(["unshare", "-n", "ip", "link"]))?.status == 0,
      let doctor = try? Command.icwscan("doctor")
    else { return false }
    return doctor.lines.contains { $0.hasPrefix("yes") && $0.contains("tracefs") }
  }()

  private let place: Place
  private let namespaces: [Namespace]
  private let folder: TemporaryFolder
  private let port: String
  private let records: String
  private let server: Program
  private let capture: Program
  private var runs: [Run] = []
  private var swarms = 0
  private var markers: Set<Int> = []
  private static let slice = 100

  /// Starts server and capture.
  init(_ place: Place) throws {
    self.place = place
    folder = try TemporaryFolder()
    switch place {
    case .host: namespaces = []
    case .namespace: namespaces = [try Namespace(isOwnUser: false)]
    case .across:
      let (near, far) = try Namespace.pair(isOwnUser: false)
      for (namespace, end) in [(near, "1"), (far, "2")] {
        try namespace.run([
          "ip", "addr", "add", "2001:db8::\(end)/64", "dev", "v\(end)", "nodad",
        ])
      }
      namespaces = [near, far]
    }
    // In the host's namespace somebody may use the port already.
    port = place == .host ? "\(20_000 + Int(getpid()) % 10_000)" : "3699"
    let near = namespaces.first
    func start(_ words: [String]) throws -> Program { try near?.start(words) ?? Program(words) }
    server = try start([Self.client, "serve", port])
    try server.wait(for: "ready")
    // Megabytes of records: into a file, which is read once.
    records = folder("records")
    capture = try start([
      "bash", "-c", "exec \"$@\" >\"$0\"", records, icwscanTests.Place.binary, "live", "--json",
      "-l", "--port", port, "-i",
      place == .across ? "any" : "lo",
    ])
    try capture.wait(for: "capturing on", on: .errors)
  }

  /// So many clients of a kind, 16 at a time, each a program of its own.
  func run(_ kind: String, family: Int, count: Int) throws {
    var run = Run(kind: kind, family: family)
    // Slices, so that the unoptimised program under test keeps up.
    for begin in stride(from: 0, to: count, by: Self.slice) {
      try start(&run, count: min(Self.slice, count - begin))
      // Packets are taken in their order: when this one client is told of, all before it have been seen.
      var last = Run(kind: "tcp", family: 4)
      try start(&last, count: 1)
      markers.formUnion(last.truth.keys)
      for port in last.truth.keys {
        let search = "until grep -q '\"port\":\(port)}' \(records); do sleep 0.05; done"
        _ = try Command.run(["bash", "-c", search], seconds: 60)
      }
    }
    runs.append(run)
  }

  private func start(_ run: inout Run, count: Int) throws {
    let (kind, family) = (run.kind, run.family)
    swarms += 1
    let truth = folder("truth-\(swarms)")
    let address: String
    switch place {
    case .across: address = family == 4 ? "198.51.100.1" : "2001:db8::1"
    default: address = family == 4 ? "127.0.0.1" : "::1"
    }
    let words = [Self.client, "swarm", "\(count)", "16", kind, address, port, truth]
    let outcome = try namespaces.last?.run(words) ?? Command.run(words)
    if outcome.status != 0 {
      throw Program.Failure.noLine(kind, output: outcome.output, errors: outcome.errors)
    }
    for line in icwscanTests.Place.text(truth)?.split(separator: "\n") ?? [] {
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 3, numbers[0] == family else { continue }
      run.clients += 1
      if run.truth[numbers[1]] == nil { run.truth[numbers[1]] = numbers[2] }
    }
  }

  /// Ends the capture and holds what it said against the truth.
  func finish() throws -> [Tally] {
    capture.send(SIGINT)
    _ = try capture.finish()
    let lines = (icwscanTests.Place.text(records) ?? "").split(separator: "\n")
    let ends = try lines.filter { $0.contains("\"flow-end\"") }.map { try JSONText(String($0)) }
    return runs.map { run in tally(run, ends) }
  }

  private func tally(_ run: Run, _ flows: [JSONText]) -> Tally {
    var tally = Tally(kind: run.kind, family: run.family, clients: run.clients)
    let transport = run.kind.hasPrefix("udp") ? "udp" : "tcp"
    for flow in flows where flow["network.transport"]?.string == transport {
      guard flow["network.type"]?.string == "ipv\(run.family)",
        let port = flow["source.port"]?.integer, let truth = run.truth[port]
      else { continue }
      // Another kind of client may have had the same port.
      let others = runs.filter {
        $0.kind != run.kind && $0.family == run.family && $0.truth[port] != nil
          && $0.kind.hasPrefix("udp") == run.kind.hasPrefix("udp")
      }
      guard others.isEmpty, transport == "udp" || !markers.contains(port) else { continue }
      tally.seen += 1
      guard let named = flow["icwscan.client_process.pid"]?.integer else {
        if flow["icwscan.missing_owner"]?.string == "vanished" { tally.vanished += 1 }
        continue
      }
      let executable = flow["icwscan.client_process.executable"]?.string
      let name = flow["icwscan.client_process.name"]?.string
      if named == truth, executable == nil || executable == Self.client, name == "BriefClient" {
        tally.named += 1
      } else {
        tally.wrong.append("port \(port): \(named) \(executable ?? name ?? "") for \(truth)")
      }
      if flow["icwscan.client_process.user"] == nil { tally.unread += 1 }
      tally.ways[flow["icwscan.client_attribution"]?.string ?? "?", default: 0] += 1
    }
    return tally
  }
}
