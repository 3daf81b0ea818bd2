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
    let lookup: OwnerLookup
    let namespace: UInt64?
    if isOwn(request.local.address) {
      (lookup, namespace) = (own, ownNamespace)
    } else if let other = others.namespace(of: request.local.address),
      let there = others.lookup(in: other)
    {
      (lookup, namespace) = (there, other)
    } else {
      return Ownership(missing: .notLookedFor)
    }
    return owner(of: request, through: lookup, in: namespace)
  }

  /// Who holds the listener that would have taken a connection to this end, when that one process alone does.
  public func listener(for request: AttributionRequest) -> Ownership {
    var question = request
    question.peer = SocketEndpoint(address: request.peer.address.map { _ in 0 }, port: 0)
    question.isOpener = false
    var found = owner(of: question)
    // The exact question finds it too, where it is bound to this very address.
    let isListener = found.method == .listener || found.socket?.state == .listening
    if isListener, found.holders.count == 1 || found.missing?.isLackOfRight == true {
      found.method = .listener
      return found
    }
    guard !isListener, isOwn(request.local.address), let trace,
      case .process(let process) = trace.listener(
        on: request.local, at: BootTime.at(realTime: request.time), namespace: ownNamespace)
    else { return Ownership(missing: found.missing) }
    return Ownership(holders: [Holder(process: process, descriptors: [])], method: .event)
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
    var likely: ProcessIdentity?
    if case .process(let process) = witness { likely = process }
    var found = lookup.owner(
      of: request.transport, local: request.local, peer: request.peer,
      likely: likely.flatMap { $0.hasEnded ? nil : $0.pid })
    // Who began after the packet was captured took over the port of whoever sent it.
    let latest = BootTime.ticks(at: time &+ OpeningTable.slack)
    let before = found.holders.count
    found.holders.removeAll { $0.process.startTicks > latest }
    if found.holders.isEmpty, before > 0 { found = Ownership(missing: .vanished) }
    guard let likely else {
      if case .kernel = witness, found.holders.isEmpty { found.missing = .kernelSocket }
      return found
    }
    // A connected socket that is held is the flow's own, also when it was handed on since; a socket that is merely
    // bound may be another's by now.
    if let holder = found.holders.first(where: { $0.process.pid == likely.pid }),
      likely.hasEnded == false, holder.process.startTicks == likely.startTicks
    {
      found.holders = [holder]
      return found
    }
    if found.method == .exact, request.transport == .tcp, !found.holders.isEmpty { return found }
    return Ownership(
      socket: found.socket, holders: [Holder(process: likely, descriptors: [])], method: .event)
  }
}
