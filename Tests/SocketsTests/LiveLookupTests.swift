import Glibc
import Testing

@testable import Sockets

@Suite struct LiveLookupTests {
  private func end(_ port: UInt16, _ address: [UInt8] = TestSocket.loopback4) -> SocketEndpoint {
    SocketEndpoint(address: address, port: port)
  }

  @Test func `both ends of an accepted connection are exact`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let lookup = OwnerLookup()
    let here = lookup.owner(of: .tcp, local: end(listener.port), peer: end(client.port))
    #expect(here.method == .exact && here.socket?.inode == server.inode && here.missing == nil)
    #expect(here.holders.contains { $0.process.pid == getpid() } && !here.isCached)
    let there = lookup.owner(of: .tcp, local: end(client.port), peer: end(listener.port))
    #expect(there.socket?.inode == client.inode)
    let again = lookup.owner(of: .tcp, local: end(listener.port), peer: end(client.port))
    #expect(again.isCached && again.holders.contains { $0.process.pid == getpid() })
  }

  @Test func `where the kernel's tables can't be read nobody is said to have vanished`() throws {
    let socket = try NetlinkSocket.open()
    let number = socket.number
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    // It is no socket any more.
    #expect(dup2(file, number) == number && close(file) == 0)
    let lookup = OwnerLookup(tables: SocketTables(socket), proc: ProcRoot())
    let answer = lookup.owner(of: .tcp, local: end(3_699), peer: end(40_000))
    #expect(answer.missing == .notLookedFor && answer.holders.isEmpty)
  }

  @Test func `a connection that waits to be accepted is its listener's`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let answer = OwnerLookup().owner(of: .tcp, local: end(listener.port), peer: end(client.port))
    #expect(answer.method == .listener && answer.socket?.inode == listener.inode)
    #expect(answer.holders.contains { $0.process.pid == getpid() })
  }

  @Test func `a mapped server is found by its IPv4 ends`() throws {
    let listener = try TestSocket(isIPv6: true)
    listener.set(Int32(IPPROTO_IPV6), 26, 0)
    try listener.bound(to: TestSocket.any6).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let answer = OwnerLookup().owner(of: .tcp, local: end(listener.port), peer: end(client.port))
    #expect(answer.method == .exact && answer.socket?.inode == server.inode)
  }

  @Test func `UDP answers with the connected socket, else with the one that is bound`() throws {
    let server = try TestSocket(.udp).bound(to: [0, 0, 0, 0])
    let client = try TestSocket(.udp).connected(to: TestSocket.loopback4, port: server.port)
    let lookup = OwnerLookup()
    let one = lookup.owner(of: .udp, local: end(client.port), peer: end(server.port))
    #expect(one.method == .exact && one.socket?.inode == client.inode)
    let other = lookup.owner(of: .udp, local: end(server.port), peer: end(client.port))
    #expect(other.method == .unconnected && other.socket?.inode == server.inode)
    #expect(other.holders.contains { $0.process.pid == getpid() })
  }

  @Test func `another socket is never given for one that is gone`() throws {
    let server = try TestSocket(.udp).bound(to: TestSocket.loopback4)
    let client = try TestSocket(.udp).connected(to: TestSocket.loopback4, port: server.port)
    let port = client.port
    client.end()
    let answer = OwnerLookup().owner(of: .udp, local: end(port), peer: end(server.port))
    #expect(answer.socket == nil && answer.holders.isEmpty && answer.missing == .vanished)
    let tcp = OwnerLookup().owner(of: .tcp, local: end(server.port), peer: end(port))
    #expect(tcp.socket == nil && tcp.method == .none)
  }

  @Test func `a listener on another address does not answer`() throws {
    let listener = try TestSocket().bound(to: [127, 0, 0, 2]).listening()
    let answer = OwnerLookup().owner(of: .tcp, local: end(listener.port), peer: end(9))
    #expect(answer.socket == nil)
  }

  @Test func `a socket that was handed on is looked for again`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let lookup = OwnerLookup()
    let local = end(listener.port)
    _ = lookup.owner(of: .tcp, local: local, peer: end(client.port))
    let moved = TestSocket(accepted: dup(server.number), isIPv6: false)
    server.end()
    let answer = lookup.owner(of: .tcp, local: local, peer: end(client.port))
    let holder = answer.holders.first { $0.process.pid == getpid() }
    #expect(!answer.isCached && holder?.descriptors == [moved.number])
  }
}
