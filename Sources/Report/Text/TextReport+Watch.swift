import Packets
import Sockets

extension TextReport {
  /// Processes that are named in a line; the rest is counted.
  private static let most = 3

  /// What became of a socket: the time, what happened, the socket in ss's words, and who holds it or held it.
  public func change(_ record: SocketRecord) -> [String] {
    guard let change = record.change else { return [] }
    let owned = change.owned
    let socket = owned.socket
    var parts: [String] = []
    if let time = record.time { parts.append(Times.rfc3339(time, digits: 3)) }
    parts.append(paint(padded(change.kind.rawValue, 8), Self.paint(change.kind)))
    parts.append(padded(socket.name, 3))
    parts.append(padded(state(change), 6))
    parts.append(socket.local.map { named($0, record.localName) } ?? "?")
    if let peer = socket.peer { parts.append(named(peer, record.peerName)) }
    var line = parts.filter { !$0.isEmpty }.joined(separator: " ")
    if let place = owned.namespace.flatMap({ $0.isOwn ? nil : ContainerWords.of($0) }) {
      line += " in \(place)"
    }
    line += story(change)
    guard style.explain, !change.livedBetweenLooks else { return laid(line, indent: 4) }
    return laid(line, indent: 4) + laid("       " + details(socket), indent: 7)
  }

  private static func paint(_ kind: SocketChange.Kind) -> Paint {
    switch kind {
    case .present: .dim
    case .appeared: .green
    case .vanished: .red
    case .state: .cyan
    case .holder, .queue: .yellow
    }
  }

  /// `ESTAB`, or `ESTAB>CLOSE-WAIT`; nothing where the kernel told of the end alone.
  private func state(_ change: SocketChange) -> String {
    if change.livedBetweenLooks { return "" }
    let now = change.owned.socket.state.rawValue
    return change.previousState.map { "\($0.rawValue)>\(now)" } ?? now
  }

  /// How many connections wait at a listener, which the kernel tells in the place of the queues' lengths.
  private static func queue(_ socket: SocketEntry) -> String {
    let count = Int(socket.receiveQueue)
    guard count > 0 else { return "no connection waits to be accepted any more" }
    // The kernel lets one more wait than the backlog says; the text of /proc/net does not tell it.
    let isFull = socket.cookie != 0 && socket.receiveQueue > socket.sendQueue
    return "\(Amounts.count(count, "connection")) \(count == 1 ? "waits" : "wait") to be accepted"
      + (isFull ? ": the backlog of \(socket.sendQueue) is full" : "")
  }

  /// Who holds it, and what changed of that.
  private func story(_ change: SocketChange) -> String {
    let owned = change.owned
    let socket = owned.socket
    var parts: [String] = []
    if change.kind == .queue { parts.append(Self.queue(socket)) }
    if change.livedBetweenLooks {
      parts.append("came and went between two looks: its process is not known")
    } else if owned.holders.isEmpty {
      let reason = owned.missing.map { Words.of($0, of: socket) } ?? "not known"
      parts.append("no process: \(reason)")
    } else {
      let isTold = !change.gained.isEmpty && change.previousHolders?.isEmpty == true
      let isKnown = change.kind == .holder && !isTold
      parts.append(
        (change.kind == .vanished ? "was held by " : "held by ")
          + (isKnown ? shortNames(owned.holders) : names(owned.holders)))
    }
    if change.kind == .vanished {
      if let bytes = socket.bytesReceived, let sent = socket.bytesAcknowledged,
        bytes > 0 || sent > 0
      {
        parts.append("bytes_acked:\(sent) bytes_received:\(bytes)")
      }
    }
    if !change.gained.isEmpty, change.previousHolders?.isEmpty == false {
      parts.append("new: \(names(change.gained))")
    }
    if !change.lost.isEmpty { parts.append("no more: \(names(change.lost))") }
    for (before, now) in change.turned.prefix(Self.most) {
      parts.append(
        "pid \(now.process.pid) now runs \(command(now)), before it was \(command(before))")
    }
    return parts.map { ", " + $0 }.joined()
  }

  /// `nginx(12), nginx(13)`: those that the line itself tells more of, or an earlier one.
  private func shortNames(_ holders: [Holder]) -> String {
    Self.listed(holders) { "\(Escaped.text($0.command))(\($0.pid))" }
  }

  private func command(_ holder: Holder) -> String {
    ProcessWords.command(holder.process, limit: commandLimit)
  }

  private func names(_ holders: [Holder]) -> String {
    Self.listed(holders) { ProcessWords.of($0, limit: commandLimit) }
  }

  private static func listed(
    _ holders: [Holder], _ name: (ProcessIdentity) -> String
  ) -> String {
    let names = holders.prefix(Self.most).map { name($0.process) }
    let rest = holders.count > Self.most ? ["\(holders.count - Self.most) more"] : []
    return (names + rest).joined(separator: ", ")
  }
}
