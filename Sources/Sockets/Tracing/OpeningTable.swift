/// Who opened which socket on the watched port lately. The kernel's events know no network namespace: the table gives
/// everything that fits, and whoever asks decides.
struct OpeningTable {
  /// Openings kept; the oldest go first.
  static let limit = 8_192
  /// How far the times of packets and events may disagree, in nanoseconds.
  static let slack: UInt64 = 2_000_000
  /// How long a looked-up way may precede the datagram: longer for a connected socket that waits, but then it lives.
  static let datagramAge: UInt64 = 10_000_000_000

  private var openings: [UInt64: Opening] = [:]
  private var next: UInt64 = 0
  private var oldest: UInt64 = 0
  /// The time of the last event.
  private var latest: UInt64 = 0
  /// The opening of a socket, by the socket's address in the kernel until it is closed.
  private var sockets: [UInt64: UInt64] = [:]
  /// The openings with a local port.
  private var ports: [UInt16: [UInt64]] = [:]

  /// Number of openings.
  var count: Int { openings.count }

  /// Events before now were lost: a socket may have been closed and its address given away unseen.
  mutating func noteLoss() {
    openings.removeAll()
    sockets.removeAll()
    ports.removeAll()
    oldest = next
  }

  /// Takes one event; they come in the order of their times. Of a socket whose event comes late nothing is concluded: what
  /// was joined to it before may be the next socket's at the same address. `witness` is who the event's thread was.
  mutating func note(_ event: PortEvent, witness: ProcessWitness?) {
    if case .state(let socket, _, _) = event.kind, event.time < latest {
      leave(socket, at: event.time)
      return
    }
    latest = max(latest, event.time)
    switch event.kind {
    case .route:
      guard !event.isInterrupted, event.local.port != 0 else { return }
      noteDatagram(event, witness)
    case .state(let socket, let from, let to):
      if from == PortEvent.closed, to == PortEvent.synSent || to == PortEvent.listening {
        end(socket, at: event.time)
        guard !event.isInterrupted else { return }
        let kind: Opening.Kind = to == PortEvent.listening ? .listener : .connection
        sockets[socket] = enter(opening(event, kind, witness, socket: socket))
      } else if let number = sockets[socket] {
        // Other events may come in an interrupt: they only lend their port.
        if openings[number]?.local.port == 0, event.local.port != 0 {
          openings[number]?.local = event.local
          ports[event.local.port, default: []].append(number)
        }
        if to == PortEvent.closed { end(socket, at: event.time) }
      }
    }
  }

  /// The connections and datagrams between two ends that fit a packet at `time` (nanoseconds after boot), the latest
  /// last.
  func openers(
    isDatagram: Bool, local: SocketEndpoint, peer: SocketEndpoint, at time: UInt64
  ) -> [Opening] {
    let (local, peer) = (local.unmapped, peer.unmapped)
    return (ports[local.port] ?? []).compactMap { openings[$0] }.filter {
      $0.kind == (isDatagram ? .datagram : .connection) && $0.peer == peer
        && ($0.local == local || $0.local.isUnspecified) && $0.fits(time)
    }
  }

  /// Whether a connection to `peer` had begun by a packet's time whose own port is not known yet: it may be any.
  func isPending(to peer: SocketEndpoint, at time: UInt64) -> Bool {
    let peer = peer.unmapped
    return sockets.values.contains { number in
      guard let opening = openings[number] else { return false }
      return opening.local.port == 0 && opening.peer == peer && opening.fits(time)
    }
  }

  /// The listeners that would have taken a connection to `local` at `time`; the closest address counts.
  func listeners(on local: SocketEndpoint, at time: UInt64) -> [Opening] {
    let local = local.unmapped
    let all = (ports[local.port] ?? []).compactMap { openings[$0] }.filter {
      $0.kind == .listener && $0.fits(time)
        && ($0.local == local
          || $0.local.isUnspecified && $0.local.address.count >= local.address.count)
    }
    let closest = all.filter { !$0.local.isUnspecified }
    return closest.isEmpty ? all : closest
  }

  private func opening(
    _ event: PortEvent, _ kind: Opening.Kind, _ witness: ProcessWitness?, socket: UInt64? = nil
  ) -> Opening {
    Opening(
      kind: kind, local: event.local, peer: event.peer, task: event.task, socket: socket,
      witness: witness, time: event.time)
  }

  /// Every datagram of a socket that is not connected asks for the way: its first and last time are kept.
  private mutating func noteDatagram(_ event: PortEvent, _ witness: ProcessWitness?) {
    let same = ports[event.local.port]?.last { number in
      guard let known = openings[number] else { return false }
      return known.kind == .datagram && known.task == event.task && known.local == event.local
        && known.peer == event.peer && event.time &- (known.end ?? known.time) < Self.datagramAge
        && known.witness?.process?.key == witness?.process?.key
    }
    if let same {
      openings[same]?.end = event.time
    } else {
      enter(opening(event, .datagram, witness))
    }
  }

  /// Forgets a socket's opening; one that was later than the event stands.
  private mutating func leave(_ socket: UInt64, at time: UInt64) {
    guard let number = sockets[socket], let opening = openings[number], opening.time <= time else {
      return
    }
    drop(number)
  }

  private mutating func end(_ socket: UInt64, at time: UInt64) {
    guard let number = sockets.removeValue(forKey: socket) else { return }
    openings[number]?.end = time
  }

  @discardableResult private mutating func enter(_ opening: Opening) -> UInt64 {
    let number = next
    next += 1
    openings[number] = opening
    if opening.local.port != 0 { ports[opening.local.port, default: []].append(number) }
    while openings.count > Self.limit, oldest < next {
      drop(oldest)
      oldest += 1
    }
    return number
  }

  private mutating func drop(_ number: UInt64) {
    guard let opening = openings.removeValue(forKey: number) else { return }
    if let others = ports[opening.local.port]?.filter({ $0 != number }) {
      ports[opening.local.port] = others.isEmpty ? nil : others
    }
    if let socket = opening.socket, sockets[socket] == number { sockets[socket] = nil }
  }
}

extension Opening {
  /// Whether a packet at `time` may be of this socket.
  func fits(_ time: UInt64) -> Bool {
    let slack = OpeningTable.slack
    guard self.time <= time &+ slack else { return false }
    if kind == .datagram { return time <= (end ?? self.time) &+ OpeningTable.datagramAge }
    return end.map { time <= $0 &+ slack } ?? true
  }
}
