import Glibc

/// Names the processes at the ends of live flows. Everything here that needs rights is behind it: netlink sockets in
/// every namespace, other processes' descriptors, the kernel's trace. Not for use by two threads at once.
///
/// An end is asked for exactly with sock_diag, then the kernel's own report of the moment is heard, then the sockets that
/// wait on the port are read. Where two processes fit, or none is sure, none is named.
public final class Attributor {
  private let own: OwnerLookup
  private let trace: KernelTrace?
  private let ownNamespace: UInt64?
  private var addresses = HostAddresses()
  private var others: OtherNamespaces
  private var refreshed: UInt64 = 0
  private static let refreshInterval: UInt64 = 200_000_000

  /// An attributor for the sockets on `port`; begins to listen to the kernel where it may.
  public init(port: UInt16, proc: ProcRoot = ProcRoot()) {
    own = OwnerLookup(proc: proc)
    do throws(TraceObstacle) {
      trace = try KernelTrace(port: port, proc: proc)
      obstacle = nil
    } catch {
      trace = nil
      obstacle = error
    }
    ownNamespace = NamespaceSearch.inode(proc.link("self/ns/net"))
    others = OtherNamespaces(proc: proc)
  }

  /// Descriptors that become readable when the kernel has something to tell: `take` then reads at once of processes
  /// that may be gone a moment later.
  public var descriptors: [Int32] { trace?.descriptors ?? [] }

  /// Why the kernel does not tell who opens sockets; nil when it does.
  public let obstacle: TraceObstacle?

  /// Takes what the kernel told; never waits.
  public func take() {
    trace?.take()
    others.tidy()
  }

  /// Ends the kernel's report and leaves nothing behind in tracefs.
  public func close() { trace?.close() }

  /// Whether an address of 4 or 16 bytes is this network namespace's.
  public func isOwn(_ address: [UInt8]) -> Bool {
    if addresses.contains(address) { return true }
    // An address that is nobody's here must not make a look at every packet.
    let now = BootTime.now
    guard now &- refreshed >= Self.refreshInterval else { return false }
    refreshed = now
    return addresses.refresh() && addresses.contains(address)
  }

  /// Whether an address is of this host, here or in one other network namespace that this process may enter.
  public func isHere(_ address: [UInt8]) -> Bool {
    isOwn(address) || others.namespace(of: address) != nil
  }

  /// Who is at the end in question. Not found is also an answer: then `missing` tells why.
  public func owner(of request: AttributionRequest) -> Ownership {
    guard let place = place(of: request.local.address) else {
      return Ownership(missing: .notLookedFor)
    }
    return owner(of: request, through: place.lookup, in: place.namespace)
  }

  /// Where an address is of this host, and the look-up there.
  private func place(of address: [UInt8]) -> (lookup: OwnerLookup, namespace: UInt64?)? {
    if isOwn(address) { return (own, ownNamespace) }
    guard let other = others.namespace(of: address), let there = others.lookup(in: other) else {
      return nil
    }
    return (there, other)
  }

  /// Whether a TCP socket listens on this end's address and port.
  public func isListening(at request: AttributionRequest) -> Bool {
    guard request.transport == .tcp, let place = place(of: request.local.address) else {
      return false
    }
    return place.lookup.isListening(at: request.local)
  }

  /// Who holds the listener that would have taken a connection to this end, when one process alone does, or one and its
  /// children that have it from there.
  public func listener(for request: AttributionRequest) -> Ownership {
    guard let place = place(of: request.local.address) else {
      return Ownership(missing: .notLookedFor)
    }
    let found = place.lookup.listeners(at: request.local)
    if found.socket != nil { return Self.only(found, Self.latest(request)) }
    guard isOwn(request.local.address), let trace, let ownNamespace,
      case .process(let process) = trace.listener(
        on: request.local, at: BootTime.at(realTime: request.time), namespace: ownNamespace)
    else { return Ownership(missing: found.missing) }
    return Ownership(holders: [Holder(process: process, descriptors: [])], method: .event)
  }

  /// The tick by which whoever sent the flow's first packet had begun: who began later took over the port of another.
  private static func latest(_ request: AttributionRequest) -> UInt64 {
    BootTime.ticks(at: BootTime.at(realTime: request.time) &+ OpeningTable.slack)
  }

  /// Of those who hold a listener the one that is behind it. Who came later with a listener of its own is none of them; a
  /// service that its manager started for this connection has the manager's.
  private static func only(_ found: Ownership, _ latest: UInt64) -> Ownership {
    guard !found.holders.isEmpty else { return found }
    let holders = found.holders.filter { $0.process.startTicks <= latest || $0.isInherited }
    guard holders.contains(where: { $0.process.startTicks <= latest }) else {
      return Ownership(missing: .vanished)
    }
    guard let only = Holder.only(of: holders) else {
      return Ownership(socket: found.socket, missing: .severalHolders, method: .listener)
    }
    return Ownership(socket: found.socket, holders: [only], method: .listener)
  }

  private func owner(
    of request: AttributionRequest, through lookup: OwnerLookup, in namespace: UInt64?
  ) -> Ownership {
    let time = BootTime.at(realTime: request.time)
    var witness = KernelTrace.Answer.nobody
    if request.isOpener, let trace {
      witness = trace.opener(
        isDatagram: request.transport == .udp, local: request.local, peer: request.peer, at: time,
        namespace: namespace)
    }
    let latest = Self.latest(request)
    if case .process(let opener) = witness {
      return opening(request, by: opener, through: lookup, latest)
    }
    var found = lookup.owner(
      of: request.transport, local: request.local, peer: request.peer, isOpener: request.isOpener)
    if found.method == .listener { return Self.only(found, latest) }
    // A connection's own socket is never another's, whoever holds it by now.
    if request.transport == .udp {
      let before = found.holders.count
      found.holders.removeAll { $0.process.startTicks > latest && !$0.isInherited }
      found.candidates.removeAll { $0.process.startTicks > latest && !$0.isInherited }
      if found.holders.isEmpty, before > 0 { found = Ownership(missing: .vanished) }
    }
    if case .kernel = witness, found.holders.isEmpty { found.missing = .kernelSocket }
    return found
  }

  /// The kernel named the opener. If the flow's own socket is there still, who holds it now is asked: a connection may
  /// have been handed on since.
  private func opening(
    _ request: AttributionRequest, by opener: ProcessIdentity, through lookup: OwnerLookup,
    _ latest: UInt64
  ) -> Ownership {
    let told = Ownership(holders: [Holder(process: opener, descriptors: [])], method: .event)
    if opener.hasEnded { return told }
    guard
      var found = lookup.exact(
        request.transport, local: request.local, peer: request.peer, likely: opener.pid)
    else { return told }
    found.holders.removeAll { $0.process.startTicks > latest }
    let own = found.holders.first { $0.process.key == opener.key }
    if let own { found.holders = [own] }
    // A datagram's port may be somebody else's by now; a connection's ends are never given twice.
    return found.holders.isEmpty || (own == nil && request.transport == .udp) ? told : found
  }
}
