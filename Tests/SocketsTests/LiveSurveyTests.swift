import Glibc
import Testing

@testable import Sockets

/// Real sockets on loopback, on ports that the kernel gives.
@Suite struct LiveSurveyTests {
  private func survey(_ port: UInt16, procNet: Bool = false) throws -> PortSurvey {
    try PortSurvey.take(
      port: port,
      options: SurveyOptions(looksIntoOtherNamespaces: false, usesProcNetOnly: procNet))
  }

  @Test(arguments: [false, true])
  func `a listener and both ends of a connection are named by this process`(procNet: Bool) throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening(backlog: 7)
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let survey = try survey(listener.port, procNet: procNet)
    #expect(survey.source == (procNet ? .procNet : .sockDiag) && survey.isComplete)
    #expect(survey.sockets.first?.socket.state == .listening)
    #expect(
      Set(survey.sockets.map(\.socket.inode)) == [listener.inode, client.inode, server.inode])
    for (socket, test) in [
      (listener.inode, listener), (client.inode, client), (server.inode, server),
    ] {
      let owned = try #require(survey.sockets.first { $0.socket.inode == socket })
      let holder = try #require(owned.holders.first { $0.process.pid == getpid() })
      #expect(holder.descriptors == [test.number])
    }
    let connection = try #require(survey.sockets.first { $0.socket.inode == client.inode })
    #expect((connection.socket.roundTripMicroseconds != nil) == !procNet)
  }

  @Test func `UDP sockets, bound and connected, of both families are found`() throws {
    let bound = try TestSocket(.udp).bound(to: TestSocket.loopback4)
    let client = try TestSocket(.udp).connected(to: TestSocket.loopback4, port: bound.port)
    let six = try TestSocket(.udp, isIPv6: true).bound(to: TestSocket.loopback6, port: bound.port)
    let survey = try survey(bound.port)
    #expect(survey.sockets.map(\.socket.transport) == [.udp, .udp, .udp])
    #expect(Set(survey.sockets.map(\.socket.inode)) == [bound.inode, client.inode, six.inode])
    #expect(
      survey.sockets.allSatisfy { owned in
        owned.holders.contains { $0.process.pid == getpid() }
      })
  }

  @Test func `one question tells the TCP sockets of both families`() throws {
    let four = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let six = try TestSocket(isIPv6: true)
    six.set(Int32(IPPROTO_IPV6), 26, 1)
    try six.bound(to: TestSocket.loopback6, port: four.port).listening()
    let client = try TestSocket(isIPv6: true).connected(to: TestSocket.loopback6, port: four.port)
    var diag = SockDiag(try NetlinkSocket.open())
    let both = try diag.dump(.tcp, isIPv6: nil, port: four.port)
    let apart = [
      try diag.dump(.tcp, isIPv6: false, port: four.port),
      try diag.dump(.tcp, isIPv6: true, port: four.port),
    ].flatMap(\.entries)
    #expect(both.isComplete && both.entries.count == 4)
    #expect(Set(both.entries.map(\.cookie)) == Set(apart.map(\.cookie)))
    #expect(Set(both.entries.map(\.inode)) == [four.inode, six.inode, client.inode, 0])
  }

  @Test func `a mapped connection shows as IPv6 with IPv4 inside`() throws {
    let listener = try TestSocket(isIPv6: true)
    listener.set(Int32(IPPROTO_IPV6), 26, 0)
    try listener.bound(to: TestSocket.any6).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let survey = try survey(listener.port)
    let inside = try #require(survey.sockets.first { $0.socket.inode == server.inode }).socket
    #expect(inside.isIPv6 && inside.local.unmapped.address == TestSocket.loopback4)
    #expect(survey.sockets.first?.socket.isIPv6Only == false)
    #expect(survey.sockets.contains { $0.socket.inode == client.inode && !$0.socket.isIPv6 })
  }

  @Test func `two sockets that share a port are two entries`() throws {
    let one = try TestSocket()
    one.set(SOL_SOCKET, SO_REUSEPORT, 1)
    try one.bound(to: TestSocket.loopback4).listening()
    let other = try TestSocket()
    other.set(SOL_SOCKET, SO_REUSEPORT, 1)
    try other.bound(to: TestSocket.loopback4, port: one.port).listening()
    let survey = try survey(one.port)
    #expect(Set(survey.sockets.map(\.socket.inode)) == [one.inode, other.inode])
  }

  @Test func `a child that inherited the socket is a second holder, marked so`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    listener.share()
    let child = try #require(TestProcess(["/bin/sleep", "60"]))
    defer { child.end() }
    let survey = try survey(listener.port)
    let holders = try #require(survey.sockets.first).holders
    let inherited = try #require(holders.first { $0.process.pid == child.pid })
    #expect(inherited.isInherited && inherited.process.parent == getpid())
    #expect(inherited.descriptors.contains(listener.number))
    #expect(holders.first { $0.process.pid == getpid() }?.isInherited == false)
  }

  @Test func `TIME-WAIT and a connection nobody accepted have their reasons`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let first = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let accepted = try listener.accepted()
    accepted.set(SOL_SOCKET, SO_KEEPALIVE, 1)
    _ = shutdown(accepted.number, Int32(SHUT_RDWR))
    _ = shutdown(first.number, Int32(SHUT_RDWR))
    accepted.end()
    first.end()
    let waiting = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let survey = try survey(listener.port)
    let old = try #require(survey.sockets.first { $0.socket.state == .timeWait })
    #expect(old.missing == .timeWait && old.holders.isEmpty && old.socket.inode == 0)
    let queued = try #require(survey.sockets.first { $0.socket.isAwaitingAccept })
    #expect(queued.missing == .orphaned && queued.holders.isEmpty)
    #expect(queued.socket.peerPort == waiting.port)
  }

  @Test func `a bound socket that does not listen holds the port too`() throws {
    let bound = try TestSocket().bound(to: TestSocket.loopback4)
    let survey = try survey(bound.port)
    // Kernels before 6.8 do not list it.
    guard let only = survey.sockets.first else {
      print("skipped: this kernel does not list sockets that are only bound")
      return
    }
    #expect(only.socket.state == .unconnected && only.socket.inode == bound.inode)
  }

  @Test func `a port without sockets is an empty survey`() throws {
    let port: UInt16
    do { port = try TestSocket().bound(to: TestSocket.loopback4).port }
    #expect(try survey(port).sockets.isEmpty)
  }

  @Test func `holders are not looked for when not asked`() throws {
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let survey = try PortSurvey.take(
      port: listener.port, options: SurveyOptions(findsHolders: false))
    #expect(survey.sockets.first?.missing == .notLookedFor)
  }

  @Test func `ss lists the same sockets`() throws {
    guard unsafe access("/usr/bin/ss", X_OK) == 0 else {
      print("skipped: ss is not installed")
      return
    }
    let listener = try TestSocket().bound(to: TestSocket.loopback4).listening()
    let client = try TestSocket().connected(to: TestSocket.loopback4, port: listener.port)
    let server = try listener.accepted()
    let port = listener.port
    let (text, _) = try #require(
      TestProcess.output(of: [
        "/usr/bin/ss", "-tuaneH", "sport = :\(port) or dport = :\(port)",
      ]))
    let inodes = Set(
      text.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("ino:") }
        .compactMap { UInt32($0.dropFirst(4)) })
    #expect(inodes == Set(try survey(port).sockets.map(\.socket.inode)))
    #expect(inodes == [listener.inode, client.inode, server.inode])
  }

  @Test func `a listener in another network namespace is found and named`() throws {
    guard Capabilities.current().hasSysAdmin, unsafe access("/usr/bin/python3", X_OK) == 0,
      unsafe access("/usr/bin/unshare", X_OK) == 0
    else {
      print("skipped: needs CAP_SYS_ADMIN, unshare and python3")
      return
    }
    let script = """
      import socket, time
      s = socket.socket(); s.bind(('', 0)); s.listen()
      print(s.getsockname()[1], flush=True); time.sleep(60)
      """
    guard
      let (line, child) = TestProcess.output(
        of: ["/usr/bin/unshare", "-n", "/usr/bin/python3", "-c", script], lines: 1),
      let port = UInt16(line.split(separator: "\n").first ?? "")
    else {
      print("skipped: no network namespace could be made")
      return
    }
    defer { child.end() }
    let survey = try PortSurvey.take(port: port)
    let owned = try #require(survey.sockets.first { $0.namespace != nil })
    #expect(owned.namespace?.memberPID == child.pid && owned.namespace?.isOwn == false)
    #expect(owned.holders.map(\.process.pid) == [child.pid])
    #expect(owned.socket.state == .listening && owned.socket.localPort == port)
    let own = survey.sockets.filter { $0.namespace == nil }.map(\.socket.inode)
    #expect(try self.survey(port).sockets.map(\.socket.inode) == own)
  }
}
