import Testing

@testable import Sockets

@Suite struct SurveyDifferenceTests {
  private func socket(
    _ state: SocketState = .listening, cookie: UInt64 = 1, inode: UInt32 = 100,
    peerPort: UInt16 = 0, holders: [Holder] = [], missing: MissingOwner? = nil
  ) -> OwnedSocket {
    OwnedSocket(
      socket: SocketEntry(
        transport: .tcp, isIPv6: false, state: state, localAddress: [127, 0, 0, 1],
        localPort: 3699, peerAddress: peerPort == 0 ? [0, 0, 0, 0] : [127, 0, 0, 1],
        peerPort: peerPort, inode: inode, cookie: cookie), holders: holders, missing: missing)
  }

  private func holder(
    _ pid: Int32, start: UInt64 = 5, command: String = "server", arguments: [String] = ["server"],
    descriptors: [Int32] = [3]
  ) -> Holder {
    Holder(
      process: ProcessIdentity(
        pid: pid, startTicks: start, command: Array(command.utf8),
        executable: Array("/bin/\(command)".utf8), arguments: arguments.map { Array($0.utf8) }),
      descriptors: descriptors)
  }

  /// What changes when a survey of `new` follows one of `old`.
  private func changes(
    _ old: [OwnedSocket], _ new: [OwnedSocket], isComplete: Bool = true,
    told: SurveyDifference.Told = SurveyDifference.Told()
  ) -> [SocketChange] {
    let before = SurveyDifference(from: nil, to: PortSurvey(sockets: old)).view
    return SurveyDifference(
      from: before, to: PortSurvey(sockets: new, isComplete: isComplete), told: told
    ).changes
  }

  @Test func `the first look finds what is present, in the survey's order`() {
    let all = [socket(), socket(.established, cookie: 2, peerPort: 9)]
    let first = SurveyDifference(from: nil, to: PortSurvey(sockets: all))
    #expect(first.changes == all.map { SocketChange(.present, $0) } && first.view.count == 2)
    #expect(changes(all, all) == [])
  }

  @Test func `what came has appeared and what went has vanished, the latter first`() {
    let one = socket(holders: [holder(7)])
    let other = socket(.established, cookie: 2, peerPort: 9)
    #expect(changes([], [one]) == [SocketChange(.appeared, one)])
    #expect(changes([one], []) == [SocketChange(.vanished, one)])
    #expect(
      changes([one], [other]) == [SocketChange(.vanished, one), SocketChange(.appeared, other)])
  }

  @Test func `a queue is told when it is long at two looks, has doubled, and is empty again`() {
    func listener(_ waiting: UInt32) -> OwnedSocket {
      var owned = socket(holders: [holder(7)])
      owned.socket.receiveQueue = waiting
      return owned
    }
    var view = SurveyDifference(from: nil, to: PortSurvey(sockets: [listener(5)])).view
    var told = SurveyDifference.Told()
    func queues(_ waiting: UInt32...) -> [UInt32] {
      waiting.flatMap { waiting -> [UInt32] in
        let look = SurveyDifference(
          from: view, to: PortSurvey(sockets: [listener(waiting)]), told: told)
        (view, told) = (look.view, look.next)
        return look.changes.map { $0.kind == .queue ? $0.owned.socket.receiveQueue : .max }
      }
    }
    #expect(queues(0, 1, 1, 0) == [])
    #expect(queues(3) == [])
    #expect(queues(3, 4, 5, 6, 6, 11, 12) == [3, 6, 12])
    #expect(queues(0, 0, 2, 2) == [0, 2])
    var datagrams = listener(9)
    datagrams.socket.transport = .udp
    #expect(changes([datagrams], [datagrams]) == [])
  }

  @Test func `a connection that goes to TIME-WAIT is one socket that changed`() throws {
    let before = socket(.established, peerPort: 9, holders: [holder(7)])
    let after = socket(.timeWait, inode: 0, peerPort: 9, missing: .timeWait)
    let change = try #require(changes([before], [after]).first)
    #expect(change.kind == .state && change.previousState == .established)
    #expect(change.lost == [holder(7)] && change.gained.isEmpty && change.turned.isEmpty)
  }

  @Test func `without cookies a connection is known by its ends, a listener by its inode`() {
    let before = socket(.established, cookie: 0, peerPort: 9)
    let after = socket(.timeWait, cookie: 0, inode: 0, peerPort: 9)
    #expect(changes([before], [after]).map(\.kind) == [.state])
    let listeners = [socket(cookie: 0, inode: 1), socket(cookie: 0, inode: 2)]
    #expect(changes(listeners, [listeners[1]]) == [SocketChange(.vanished, listeners[0])])
  }

  @Test func `sockets of two namespaces with one cookie are two`() {
    var other = socket()
    other.namespace = NetworkNamespace(inode: 4_026_532_000, memberPID: 9)
    #expect(changes([socket()], [socket(), other]) == [SocketChange(.appeared, other)])
    var later = other
    later.namespace?.memberPID = 10
    #expect(changes([other], [later]) == [])
  }

  @Test func `a process more or less is another holder, a descriptor more is not`() {
    let one = socket(holders: [holder(7)])
    let both = socket(holders: [holder(7), holder(8)])
    let gained = changes([one], [both])
    #expect(gained.map(\.kind) == [.holder] && gained.first?.gained == [holder(8)])
    let lost = changes([both], [one])
    #expect(lost.map(\.kind) == [.holder] && lost.first?.lost == [holder(8)])
    #expect(changes([one], [socket(holders: [holder(7, descriptors: [3, 9])])]) == [])
    let reused = changes([one], [socket(holders: [holder(7, start: 6)])])
    #expect(reused.first?.gained == [holder(7, start: 6)] && reused.first?.lost == [holder(7)])
    #expect(changes([one], [socket(missing: .permissionDenied)]).first?.lost == [holder(7)])
  }

  @Test func `another program in a process is told, other arguments only with an exec`() throws {
    let before = socket(holders: [holder(7)])
    let other = socket(holders: [holder(7, command: "other")])
    let change = try #require(changes([before], [other]).first)
    #expect(change.kind == .holder && change.gained.isEmpty && change.lost.isEmpty)
    #expect(change.turned.map(\.before) == [holder(7)])
    let titled = socket(holders: [holder(7, arguments: ["server: idle"])])
    #expect(changes([before], [titled]) == [])
    let told = SurveyDifference.Told(executed: [7])
    #expect(changes([before], [titled], told: told).map(\.kind) == [.holder])
    #expect(changes([before], [before], told: told) == [])
  }

  @Test
  func `a table that changed while it was read makes nothing vanish, a report of its end does`() {
    let one = socket()
    #expect(changes([one], [], isComplete: false) == [])
    var told = SurveyDifference.Told()
    told.ended[WatchKey(one)] = socket(.unconnected, inode: 0)
    #expect(changes([one], [], isComplete: false, told: told) == [SocketChange(.vanished, one)])
  }

  @Test func `a socket that ended keeps its holders and takes its last counters`() throws {
    let before = socket(.established, peerPort: 9, holders: [holder(7)])
    var ended = socket(.unconnected, inode: 0, peerPort: 9, missing: .vanished)
    ended.socket.bytesReceived = 5
    ended.socket.bytesAcknowledged = 8
    let told = SurveyDifference.Told(ended: [WatchKey(ended): ended])
    let change = try #require(changes([before], [], told: told).first)
    #expect(change.kind == .vanished && change.owned.holders == [holder(7)])
    #expect(change.owned.socket.state == .established && !change.livedBetweenLooks)
    #expect(change.owned.socket.bytesReceived == 5 && change.owned.socket.bytesAcknowledged == 8)
    // Its connection may go on in TIME-WAIT.
    let waiting = socket(.timeWait, inode: 0, peerPort: 9, missing: .timeWait)
    #expect(changes([before], [waiting], told: told).map(\.kind) == [.state])
  }

  @Test func `a reset connection that vanished is not told again when its process closes it`() {
    let before = socket(.established, peerPort: 9, holders: [holder(7)])
    let first = SurveyDifference(from: nil, to: PortSurvey(sockets: [before]))
    let second = SurveyDifference(from: first.view, to: PortSurvey())
    #expect(second.changes.map(\.kind) == [.vanished] && second.next.gone == [WatchKey(before)])
    let ended = socket(.unconnected, inode: 0, peerPort: 9, missing: .vanished)
    let told = SurveyDifference.Told(ended: [WatchKey(ended): ended], gone: second.next.gone)
    let third = SurveyDifference(from: second.view, to: PortSurvey(), told: told)
    #expect(third.changes == [] && third.next.gone == [])
  }

  @Test(arguments: [SocketState.timeWait, .finWait2])
  func `a connection whose socket has ended waits for no other report`(_ state: SocketState) {
    let before = socket(.established, peerPort: 9, holders: [holder(7)])
    let waiting = socket(state, inode: 0, peerPort: 9, missing: .orphaned)
    let ended = socket(.unconnected, inode: 0, peerPort: 9, missing: .vanished)
    let first = SurveyDifference(from: nil, to: PortSurvey(sockets: [before]))
    let second = SurveyDifference(
      from: first.view, to: PortSurvey(sockets: [waiting]),
      told: SurveyDifference.Told(ended: [WatchKey(ended): ended]))
    #expect(second.changes.map(\.kind) == [.state] && second.next.over == [WatchKey(before)])
    let third = SurveyDifference(from: second.view, to: PortSurvey(), told: second.next)
    #expect(third.changes.map(\.kind) == [.vanished])
    #expect(third.next.gone.isEmpty && third.next.over.isEmpty)
  }

  @Test func `a handshake that came to nothing was no socket whose end would be told`() {
    let half = socket(.synReceived, inode: 0, peerPort: 9, missing: .orphaned)
    let first = SurveyDifference(from: nil, to: PortSurvey(sockets: [half]))
    let second = SurveyDifference(from: first.view, to: PortSurvey())
    #expect(second.changes.map(\.kind) == [.vanished] && second.next.gone.isEmpty)
  }

  @Test func `a socket that no look saw is told by the report of its end`() throws {
    let ended = socket(.unconnected, inode: 0, peerPort: 9, missing: .vanished)
    let told = SurveyDifference.Told(ended: [WatchKey(ended): ended])
    let change = try #require(changes([], [], told: told).first)
    #expect(change.kind == .vanished && change.livedBetweenLooks && change.owned == ended)
  }
}
