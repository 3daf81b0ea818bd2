import Glibc
import Testing

/// Clients that are gone before anybody can look, named by the real program beside the truth that each of them writes.
@Suite(
  .serialized,
  .enabled(
    if: BriefSwarm.isPossible,
    "needs root, tracefs (icwscan doctor) and network namespaces (unshare -n)"))
struct AttributionTests {
  private static let isWhole = unsafe getenv("ICWSCAN_TEST_ALL") != nil
  /// Clients of each kind and place; half of them over IPv6.
  private static let count = isWhole ? 1_000 : 100

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
