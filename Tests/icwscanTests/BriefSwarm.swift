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

  /// One end of a flow.
  private struct End: Hashable {
    var isDatagram: Bool
    var family: Int
    var port: Int
  }

  /// What a client wrote down.
  private struct Client {
    var process: Int
    /// The last moment at which the port was its own, in the form of the records' times.
    var closing: String
    /// The number of its run; nil for a marker.
    var run: Int?
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
  private var runs: [Tally] = []
  /// All clients: the kernel gives a port again, over loopback a second after its connection ended (tcp_tw_reuse).
  private var truth: [End: [Client]] = [:]
  private var swarms = 0
  private static let slice = 100
  private static let network = "203.0.113."

  /// Of each place its own, and none that another test has: the kernel tells of a port's sockets in every namespace, and
  /// somebody's flood of them would have its report switched off for a while.
  static func port(_ place: Place) -> String {
    let first = 20_000 + Int(getpid()) % 10_000
    return "\(first + (Place.allCases.firstIndex(of: place) ?? 0))"
  }

  /// Starts server and capture.
  init(_ place: Place) throws {
    self.place = place
    folder = try TemporaryFolder()
    switch place {
    case .host: namespaces = []
    case .namespace: namespaces = [try Namespace(isOwnUser: false)]
    case .across:
      let (near, far) = try Namespace.pair(isOwnUser: false)
      // Addresses that no other test has at the same time: of two namespaces with one address none is told.
      for (namespace, end) in [(near, "1"), (far, "2")] {
        for address in ["\(Self.network)\(end)/24", "2001:db8::\(end)/64"] {
          try namespace.run(["ip", "addr", "add", address, "dev", "v\(end)", "nodad"])
        }
      }
      namespaces = [near, far]
    }
    port = Self.port(place)
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
    runs.append(Tally(kind: kind, family: family))
    // Slices, so that the unoptimised program under test keeps up.
    for begin in stride(from: 0, to: count, by: Self.slice) {
      runs[runs.count - 1].clients += try start(
        kind, family: family, count: min(Self.slice, count - begin), run: runs.count - 1
      ).count
      // Packets are taken in their order: when this one client is told of, all before it have been seen.
      for port in try start("tcp", family: 4, count: 1, run: nil) {
        let search = "until grep -q '\"port\":\(port)}' \(records); do sleep 0.05; done"
        _ = try Command.run(["bash", "-c", search], seconds: 60)
      }
    }
  }

  private func start(
    _ kind: String, family: Int, count: Int, run: Int?
  ) throws -> [Int] {
    swarms += 1
    let truth = folder("truth-\(swarms)")
    let address: String
    switch place {
    case .across: address = family == 4 ? Self.network + "1" : "2001:db8::1"
    default: address = family == 4 ? "127.0.0.1" : "::1"
    }
    let words = [Self.client, "swarm", "\(count)", "16", kind, address, port, truth]
    let outcome = try namespaces.last?.run(words) ?? Command.run(words)
    if outcome.status != 0 {
      throw Program.Failure.noLine(kind, output: outcome.output, errors: outcome.errors)
    }
    var ports: [Int] = []
    for line in icwscanTests.Place.text(truth)?.split(separator: "\n") ?? [] {
      let words = line.split(separator: " ")
      let numbers = words.prefix(3).compactMap { Int($0) }
      guard words.count == 4, numbers.count == 3, numbers[0] == family else { continue }
      ports.append(numbers[1])
      let end = End(isDatagram: kind.hasPrefix("udp"), family: family, port: numbers[1])
      self.truth[end, default: []].append(
        Client(process: numbers[2], closing: String(words[3]), run: run))
    }
    return ports
  }

  /// Ends the capture and holds what it said against the truth.
  func finish() throws -> [Tally] {
    capture.send(SIGINT)
    _ = try capture.finish()
    let lines = (icwscanTests.Place.text(records) ?? "").split(separator: "\n")
    for line in lines where line.contains("\"flow-end\"") { note(try JSONText(String(line))) }
    return runs
  }

  /// The client that had the port when the flow began: of all that had it the first to close it after that.
  private func client(of flow: JSONText) -> Client? {
    guard let port = flow["source.port"]?.integer, let begin = flow["event.start"]?.string else {
      return nil
    }
    let end = End(
      isDatagram: flow["network.transport"]?.string == "udp",
      family: flow["network.type"]?.string == "ipv6" ? 6 : 4, port: port)
    return truth[end]?.filter { $0.closing >= begin }.min { $0.closing < $1.closing }
  }

  private func note(_ flow: JSONText) {
    guard let client = client(of: flow), let run = client.run else { return }
    runs[run].seen += 1
    guard let named = flow["icwscan.client_process.pid"]?.integer else {
      if flow["icwscan.missing_owner"]?.string == "vanished" { runs[run].vanished += 1 }
      return
    }
    let executable = flow["icwscan.client_process.executable"]?.string
    let name = flow["icwscan.client_process.name"]?.string
    if named == client.process, executable == nil || executable == Self.client,
      name == "BriefClient"
    {
      runs[run].named += 1
    } else {
      let port = flow["source.port"]?.integer ?? 0
      runs[run].wrong.append(
        "port \(port): \(named) \(executable ?? name ?? "") for \(client.process)")
    }
    if flow["icwscan.client_process.user"] == nil { runs[run].unread += 1 }
    runs[run].ways[flow["icwscan.client_attribution"]?.string ?? "?", default: 0] += 1
  }
}
