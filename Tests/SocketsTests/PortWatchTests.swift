import Glibc
import Testing

@testable import Sockets

/// Real sockets on loopback, on ports that the kernel gives.
@Suite struct PortWatchTests {
  private func watch(_ port: UInt16, procNet: Bool = false) -> PortWatch {
    PortWatch(
      port: port,
      options: SurveyOptions(looksIntoOtherNamespaces: false, usesProcNetOnly: procNet))
  }

  /// Waits until the kernel told of something that concerns the port.
  private func waitForReport(_ watch: PortWatch) -> Bool {
    for _ in 0..<1_000 {
      watch.hear()
      if watch.isDisturbed { return true }
      var requests = watch.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      _ = unsafe poll(&requests, UInt(requests.count), 10)
    }
    return false
  }

  @Test(arguments: [false, true])
  func `a connection's life is told in its steps`(procNet: Bool) throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let port = listener.port
    let watch = watch(port, procNet: procNet)
    let first = try watch.look()
    #expect(first.map(\.kind) == [.present] && first.first?.owned.socket.inode == listener.inode)
    #expect(first.first?.owned.holders.contains { $0.process.pid == getpid() } == true)
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: port)
    #expect(try watch.look().map(\.kind) == [.appeared, .appeared])
    let server = try listener.accepted()
    let accepted = try watch.look()
    #expect(accepted.map(\.kind) == [.holder] && accepted.first?.previousHolders == [])
    #expect(accepted.first?.owned.socket.inode == server.inode)
    client.end()
    #expect(Set(try watch.look().map(\.kind)) == [.state])
    server.end()
    listener.end()
    let last = try watch.look()
    #expect(last.contains { $0.kind == .vanished && $0.owned.socket.state == .listening })
    #expect(last.first { $0.kind == .vanished }?.owned.holders.isEmpty == false)
  }

  @Test func `a socket that no look saw is told when it has gone`() throws {
    let place = try TestSocket().bound(to: TestSocket.loopback4)
    let port = place.port
    place.end()
    let watch = watch(port)
    guard watch.hearsEnds else {
      print("skipped: the kernel does not tell of sockets that end")
      return
    }
    #expect(try watch.look() == [])
    try TestSocket(.udp).bound(to: TestSocket.loopback4, port: port).end()
    #expect(waitForReport(watch))
    let change = try #require(try watch.look().first)
    #expect(change.kind == .vanished && change.livedBetweenLooks)
    #expect(change.owned.socket.transport == .udp && change.owned.socket.localPort == port)
    #expect(change.owned.holders.isEmpty && change.owned.missing == .vanished)
    #expect(try watch.look() == [] && !watch.isDisturbed && !watch.takeLoss())
  }

  @Test func `a holder's child is heard when it comes and when it goes`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let watch = watch(listener.port)
    guard watch.hearsProcesses else {
      print("skipped: the kernel does not tell this process of others")
      return
    }
    _ = try watch.look()
    listener.share()
    let child = try #require(TestProcess(["/bin/sleep", "60"]))
    #expect(waitForReport(watch))
    // Other tests' children may hold it for a moment as well.
    var told: [SocketChange] = []
    for _ in 0..<1_000 where !told.contains(where: { $0.owned.holds(child.pid, "sleep") }) {
      told += try watch.look()
    }
    #expect(told.contains { $0.kind == .holder && $0.owned.holds(child.pid, "sleep") })
    child.end()
    #expect(waitForReport(watch))
    told = []
    for _ in 0..<1_000
    where !told.contains(where: { $0.lost.contains { $0.process.pid == child.pid } }) {
      told += try watch.look()
    }
    #expect(told.allSatisfy { $0.kind == .holder })
  }
}

extension OwnedSocket {
  fileprivate func holds(_ pid: Int32, _ command: String) -> Bool {
    holders.contains {
      $0.process.pid == pid && $0.process.command.elementsEqual(command.utf8)
    }
  }
}
