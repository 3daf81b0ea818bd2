import Testing

@testable import Sockets

/// Forwarders as Podman 4.3.1 starts them, in a tree made after what was seen: rootlessport has a child in the
/// container's
/// network namespace.
@Suite struct ForwarderTests {
  private static let identities = ["a", "b"].map { String(repeating: $0, count: 64) }

  private func tree(_ members: [Int32: String]) -> FakeProc {
    let proc = FakeProc()
    proc.process(10, executable: "/usr/lib/podman/rootlessport")
    proc.process(11, parent: 10, executable: "/usr/lib/podman/rootlessport")
    for (pid, identity) in members {
      proc.process(pid)
      proc.write("\(pid)/cgroup", Array("0::/libpod_parent/libpod-\(identity)\n".utf8))
    }
    for pid in [10, 11] + members.keys {
      proc.directory("\(pid)/ns")
      proc.link("\(pid)/ns/net", to: pid == 10 ? "net:[1]" : "net:[2]")
    }
    return proc
  }

  private func container(_ proc: FakeProc) throws -> ContainerDescription? {
    let process = ProcessIdentity(
      pid: 10, startTicks: 1, command: [], executable: Array("/usr/lib/podman/rootlessport".utf8),
      arguments: [Array("rootlessport".utf8)])
    var search = ContainerSearch(path: Folder().path)
    let directory = try proc.root.open()
    return search.forwarder(process, in: directory)?.container
  }

  @Test func `rootlessport's container is the one in its child's namespace`() throws {
    let found = try container(tree([20: Self.identities[0], 21: Self.identities[0]]))
    #expect(found?.identity == Array(Self.identities[0].utf8) && found?.runtime == .podman)
  }

  @Test func `where several containers share the namespace none is named`() throws {
    #expect(try container(tree([20: Self.identities[0], 21: Self.identities[1]])) == nil)
    #expect(try container(tree([:])) == nil)
  }
}
