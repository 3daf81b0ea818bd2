import Glibc
import Testing

/// Clients that are gone before anybody can look, named by the real program beside the truth that each of them writes.
@Suite(
  .serialized,
  .enabled(
    if: BriefSwarm.isPossible,
    "needs root, tracefs (icwscan doctor) and network namespaces (unshare -n)"))
struct AttributionTests {
  private static let isWhole = icwscanTests.Place.testsAll
  /// Clients of each kind and place; half of them over IPv6.
  private static let count = isWhole ? 1_000 : 48

  @Test(arguments: BriefSwarm.Place.allCases)
  func `Clients that live for milliseconds are named, and nobody is named wrong`(
    _ place: BriefSwarm.Place
  ) throws {
    let swarm = try BriefSwarm(place)
    for kind in ["tcp", "udp-linger", "udp"] {
      for family in [4, 6] {
        try swarm.run(kind, family: family, count: Self.count / 2)
      }
    }
    let tallies = try swarm.finish()
    for tally in tallies { print("attribution, \(place.rawValue): \(tally)") }
    #expect(tallies.allSatisfy { $0.wrong.isEmpty }, "\(tallies.flatMap(\.wrong))")
    for tally in tallies where tally.kind != "udp" {
      #expect(tally.named * 100 >= tally.seen * 99, "\(tally)")
    }
    for tally in tallies {
      let claim = try AttributionClaim(tally.kind, in: place)
      #expect(claim.wrong == 0 && claim.named <= 100)
      // As the README says it, in whole percent.
      if Self.isWhole {
        #expect(tally.named * 200 >= tally.seen * (2 * claim.named - 1), "\(tally)")
      }
      #expect(tally.seen * 100 >= tally.clients * 95, "\(tally)")
      #expect(tally.named + tally.vanished == tally.seen, "\(tally)")
    }
  }

  @Test func `A client's thread is its process, a forked one runs its maker's program`() throws {
    let swarm = try BriefSwarm(.namespace)
    for kind in ["thread", "fork"] {
      for family in [4, 6] { try swarm.run(kind, family: family, count: 20) }
    }
    let tallies = try swarm.finish()
    for tally in tallies {
      #expect(tally.wrong.isEmpty && tally.named * 100 >= tally.seen * 95, "\(tally)")
    }
  }

  @Test func `Two namespaces with the same two ends at the same time are never mixed up`() throws {
    let here = try Namespace(isOwnUser: false)
    let elsewhere = try Namespace(isOwnUser: false)
    let port = BriefSwarm.port(.namespace)
    let capture = try here.live("--json", "-s", "256", "--port", port)
    let clients = try [here, elsewhere].map {
      try $0.start(["python3", "-u", "-c", Self.sameEnds, port])
    }
    for client in clients { try client.wait(for: "ready") }
    for client in clients { client.send(SIGUSR1) }
    for client in clients { #expect(try client.finish().status == 0) }
    // The last one is told of when all before it have been.
    try capture.wait(for: "\"port\":46049}")
    capture.send(SIGINT)
    let ends = try JSONText.records(capture.finish().output).filter {
      $0["event.action"]?.string == "flow-end"
    }
    let named = ends.compactMap { $0["icwscan.client_process.pid"]?.integer }
    #expect(ends.count == 100 && named.count >= 30, "\(ends.count), \(named.count)")
    #expect(Set(named) == [Int(clients[0].identifier)])
  }

  /// A server and its clients from the same ports in every namespace, on a signal.
  private static let sameEnds = """
    import signal, socket, sys
    port = int(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    server = socket.create_server(("127.0.0.1", port), backlog=100)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); datagrams.bind(("127.0.0.1", port))
    print("ready"); signal.sigwait([signal.SIGUSR1])
    for round in range(50):
      with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.1", 45000 + round)); client.sendto(b"hello", ("127.0.0.1", port)); datagrams.recv(9)
      with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.1", 46000 + round)) as client:
        accepted = server.accept()[0]; client.send(b"hello"); accepted.recv(9); accepted.close()
    """

  @Test func `Nothing is left in tracefs, and what a killed run left goes at the next start`()
    throws
  {
    let folder = try TemporaryFolder()
    let mount = try Command.run(["mount", "-t", "tracefs", "none", folder.path])
    try #require(mount.status == 0, "\(mount.errors)")
    defer { _ = try? Command.run(["umount", folder.path]) }
    func instances(_ process: pid_t) -> [String] {
      Place.names(in: folder("instances")).filter { $0.hasPrefix("icwscan-\(process)-") }
    }
    let namespace = try Namespace(isOwnUser: false)
    let killed = try namespace.live("--json")
    #expect(instances(killed.identifier).count == 2)
    killed.send(SIGKILL)
    _ = try killed.finish()
    #expect(instances(killed.identifier).count == 2)
    let next = try namespace.live("--json")
    #expect(instances(killed.identifier).isEmpty && instances(next.identifier).count == 2)
    next.send(SIGINT)
    #expect(try next.finish().status == 0)
    #expect(instances(next.identifier).isEmpty)
  }
}
