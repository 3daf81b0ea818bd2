import Glibc

/// Names the process at this host's end of a flow, for a live capture: one exact question to the kernel, then the
/// socket's holder from a cache or from /proc. Not for use by two threads at once.
public final class OwnerLookup {
  private let proc: ProcRoot
  private var tables: SocketTables?
  private var search: HolderSearch

  /// A look-up over the /proc at `proc`. Where sock_diag can't be had, /proc/net is read for each question.
  public init(proc: ProcRoot = ProcRoot()) {
    self.proc = proc
    search = HolderSearch(proc: proc)
    if let socket = try? NetlinkSocket.open() { tables = SocketTables(socket) }
  }

  /// A look-up in the namespace of these tables.
  init(tables: SocketTables, proc: ProcRoot) {
    self.proc = proc
    self.tables = tables
    search = HolderSearch(proc: proc)
  }

  /// Who is at the end `local` of the flow to `peer`. A doubtful match is none: where several sockets of different
  /// processes fit, they are `candidates`. Of who opened the flow (`isOpener`) one holder is looked for, the newest
  /// process first.
  public func owner(
    of transport: SocketEntry.Transport, local: SocketEndpoint, peer: SocketEndpoint,
    isOpener: Bool = false
  ) -> Ownership {
    let found = find(transport, local: local, peer: peer)
    guard let socket = found.sockets.first else {
      return Ownership(missing: found.isUnknown ? .notLookedFor : .vanished, method: .none)
    }
    // The kernel gives a connection to one of all that listen alike.
    if found.method == .listener { return listening(found.sockets) }
    if let missing = MissingOwner(withoutFile: socket) {
      return Ownership(socket: socket, missing: missing, method: found.method)
    }
    if found.sockets.count == 1 {
      return search.ownership(of: socket, method: found.method, isOpener: isOpener) {
        isPresent($0)
      }
    }
    return shared(found.sockets, method: found.method)
  }

  /// As `owner`, of the flow's own socket only: one exact question, nothing is searched. Nil when there is none, or none
  /// that a file holds.
  func exact(
    _ transport: SocketEntry.Transport, local: SocketEndpoint, peer: SocketEndpoint, likely: Int32
  ) -> Ownership? {
    guard let socket = try? tables?.exact(transport, local: local, peer: peer), socket.inode != 0
    else { return nil }
    return search.ownership(of: socket, method: .exact, likely: likely) { isPresent($0) }
  }

  /// All who hold a listener that would take a TCP connection to this end, as holders; none where one of the listeners has
  /// no known holder.
  func listeners(at local: SocketEndpoint) -> Ownership {
    guard let all = sockets(.tcp, port: local.port) else {
      return Ownership(missing: .notLookedFor)
    }
    return listening(Self.closest(all, local))
  }

  /// All who hold one of these listeners.
  private func listening(_ sockets: [SocketEntry]) -> Ownership {
    guard let first = sockets.first else { return Ownership(missing: .vanished) }
    var whole = Ownership(socket: first, method: .listener)
    for socket in sockets {
      let answer = search.ownership(of: socket, method: .listener) { isPresent($0) }
      guard !answer.holders.isEmpty else {
        return Ownership(socket: first, missing: answer.missing, method: .listener)
      }
      for holder in answer.holders {
        if let known = whole.holders.firstIndex(where: { $0.process.pid == holder.process.pid }) {
          whole.holders[known].isInherited = whole.holders[known].isInherited || holder.isInherited
        } else {
          whole.holders.append(holder)
        }
      }
    }
    return whole
  }

  /// Whether a TCP socket listens on this address and port, or on the port of every address.
  func isListening(at local: SocketEndpoint) -> Bool {
    sockets(.tcp, port: local.port)?.contains { $0.waits(on: local) } ?? false
  }

  /// The sockets that wait on this end: the kernel gives what comes to those with the closest address; of those that are
  /// bound to a device only what comes by it, which is not known here.
  private static func closest(_ all: [SocketEntry], _ local: SocketEndpoint) -> [SocketEntry] {
    let waiting = all.filter { $0.waits(on: local) }
    let closest = waiting.filter { !$0.local.isUnspecified }
    return closest.isEmpty || closest.contains { $0.boundInterface != 0 } ? waiting : closest
  }

  private struct Finding {
    var sockets: [SocketEntry] = []
    var method = Ownership.Method.none
    /// Whether the sockets of the port could not be read.
    var isUnknown = false
  }

  private func find(
    _ transport: SocketEntry.Transport, local: SocketEndpoint, peer: SocketEndpoint
  ) -> Finding {
    if let exact = try? tables?.exact(transport, local: local, peer: peer),
      !exact.isAwaitingAccept
    {
      return Finding(sockets: [exact], method: .exact)
    }
    // Not found, not accepted yet, or bound to a device, which the exact question does not see: read the port.
    let isFromProc = tables == nil
    guard let all = sockets(transport, port: local.port) else { return Finding(isUnknown: true) }
    if let connected = all.first(where: { $0.connects(local, peer) && !$0.isAwaitingAccept }) {
      return Finding(sockets: [connected], method: isFromProc ? .procNet : .exact)
    }
    let method: Ownership.Method = transport == .tcp ? .listener : .unconnected
    let fitting = Self.closest(all, local)
    if fitting.isEmpty, let queued = all.first(where: { $0.connects(local, peer) }) {
      return Finding(sockets: [queued], method: isFromProc ? .procNet : .exact)
    }
    return Finding(sockets: fitting, method: fitting.isEmpty ? .none : method)
  }

  /// The sockets with a port; nil when they can't be read.
  private func sockets(_ transport: SocketEntry.Transport, port: UInt16) -> [SocketEntry]? {
    if let tables { return try? tables.read(transport, port: port) }
    let all = (try? ProcNetReader.read(port: port, in: proc))?.entries
    return all?.filter { $0.transport == transport }
  }

  private func isPresent(_ socket: SocketEntry) -> Bool {
    sockets(socket.transport, port: socket.localPort)?.contains {
      $0.inode == socket.inode && $0.cookie == socket.cookie
    } ?? false
  }

  /// Several sockets that fit (SO_REUSEPORT): an owner is named when the same processes hold all of them.
  private func shared(_ sockets: [SocketEntry], method: Ownership.Method) -> Ownership {
    let answers = sockets.map { socket in
      search.ownership(of: socket, method: method) { isPresent($0) }
    }
    if let unknown = answers.first(where: \.holders.isEmpty) {
      return Ownership(missing: unknown.missing, method: method)
    }
    let processes = answers.map { Set($0.holders.map(\.process.pid)) }
    if let first = processes.first, processes.allSatisfy({ $0 == first }) { return answers[0] }
    var candidates: [Int32: Holder] = [:]
    for holder in answers.flatMap(\.holders) {
      var merged = candidates[holder.process.pid] ?? holder
      merged.descriptors = Set(merged.descriptors + holder.descriptors).sorted()
      candidates[holder.process.pid] = merged
    }
    let ordered = candidates.sorted { $0.key < $1.key }.map(\.value)
    return Ownership(method: method, candidates: ordered)
  }
}
