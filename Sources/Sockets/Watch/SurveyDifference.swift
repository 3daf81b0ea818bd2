/// What changed from one look at a port to the next.
struct SurveyDifference {
  /// What is on the port, by what does not change of it.
  typealias View = [WatchKey: OwnedSocket]

  /// What happened between the looks, as far as somebody told.
  struct Told {
    /// Sockets that ended.
    var ended = View()
    /// Processes that executed a program.
    var executed: Set<Int32> = []
    /// Sockets that vanished at an earlier look, and whose end was not told then: a connection that was reset leaves
    /// the tables before its process closes it.
    var gone: Set<WatchKey> = []
    /// Connections on the port whose socket has ended and was told: the kernel keeps them for their last packets.
    var over: Set<WatchKey> = []
    /// Connections that waited at listeners to be accepted, as many as were told of.
    var queues: [WatchKey: UInt32] = [:]
  }

  /// What ended, in the order of a survey, then what is there, in its order.
  private(set) var changes: [SocketChange] = []
  /// The new view.
  private(set) var view = View()
  /// What is to be remembered for the next look.
  private(set) var next = Told()

  /// Compares a survey with the view before it; nil for the first look.
  init(from old: View?, to survey: PortSurvey, told: Told = Told()) {
    var arrived: [SocketChange] = []
    for var owned in survey.sockets {
      let key = WatchKey(owned)
      guard view[key] == nil else { continue }
      guard let before = old?[key] else {
        view[key] = owned
        arrived.append(SocketChange(old == nil ? .present : .appeared, owned))
        continue
      }
      // Its name was found out when the socket appeared.
      owned.namespace = before.namespace
      view[key] = owned
      if let change = Self.change(from: before, to: owned, executed: told.executed) {
        arrived.append(change)
      }
      if let waiting = Self.queue(from: before, to: owned, told: told.queues[key] ?? 0) {
        next.queues[key] = waiting
        arrived.append(SocketChange(.queue, owned))
      } else {
        next.queues[key] = told.queues[key]
      }
    }
    guard let old else {
      changes = arrived
      return
    }
    next.gone = told.gone.subtracting(told.ended.keys)
    var left: [SocketChange] = []
    for (key, owned) in old where view[key] == nil {
      if let last = told.ended[key] {
        var owned = owned
        owned.socket.bytesReceived = last.socket.bytesReceived ?? owned.socket.bytesReceived
        owned.socket.bytesAcknowledged =
          last.socket.bytesAcknowledged ?? owned.socket.bytesAcknowledged
        left.append(SocketChange(.vanished, owned))
      } else if survey.isComplete {
        left.append(SocketChange(.vanished, owned))
        if Self.isSocket(owned.socket), !told.over.contains(key) { next.gone.insert(key) }
      } else {
        // A table that changed while it was read may lack it.
        view[key] = owned
      }
    }
    for (key, owned) in told.ended
    where old[key] == nil && view[key] == nil && !told.gone.contains(key) {
      var change = SocketChange(.vanished, owned)
      change.livedBetweenLooks = true
      left.append(change)
    }
    next.over = told.over.union(told.ended.keys).filter { view[$0] != nil }
    changes = left.sorted { OwnedSocket.comesBefore($0.owned, $1.owned) } + arrived
  }

  /// Whether there was a socket whose end would be told: not for a connection that is about to be, or over.
  private static func isSocket(_ entry: SocketEntry) -> Bool {
    entry.state != .timeWait && entry.state != .synReceived
  }

  private static func change(
    from old: OwnedSocket, to new: OwnedSocket, executed: Set<Int32>
  ) -> SocketChange? {
    let hasState = old.socket.state != new.socket.state
    let hasHolders = !isSame(old.holders, new.holders, executed: executed)
    guard hasState || hasHolders else { return nil }
    return SocketChange(
      hasState ? .state : .holder, new, previousState: hasState ? old.socket.state : nil,
      previousHolders: hasHolders ? old.holders : nil)
  }

  /// So many have to wait before that is worth a word: one may be about to be accepted.
  private static let longQueue: UInt32 = 2

  /// How many connections wait at a listener, where that is news: at two looks, and twice as many as were told of; or none
  /// any more.
  private static func queue(
    from old: OwnedSocket, to new: OwnedSocket, told: UInt32
  ) -> UInt32? {
    guard new.socket.transport == .tcp, new.socket.state == .listening else { return nil }
    let (before, now) = (old.socket.receiveQueue, new.socket.receiveQueue)
    if now == 0 { return told > 0 && before == 0 ? 0 : nil }
    let least = max(longQueue, told.multipliedReportingOverflow(by: 2).partialValue)
    return before > 0 && now >= least ? now : nil
  }

  /// Whether the same processes run the same programs. Another descriptor in one of them is no other holder.
  private static func isSame(
    _ old: [Holder], _ new: [Holder], executed: Set<Int32>
  ) -> Bool {
    guard old.count == new.count else { return false }
    return zip(old, new).allSatisfy { before, now in
      before.process.key == now.process.key
        && now.runsSame(as: before, comparesArguments: executed.contains(now.process.pid))
    }
  }
}
