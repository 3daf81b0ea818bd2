/// Finds the one process that a record names for an end of a flow.
public struct EndFinder {
  private let attributor: Attributor
  /// The listeners that the owner report found, for connections that are over before they can be asked for.
  private let listeners: [OwnedSocket]

  /// The rules of this network namespace that send connections to the port on.
  private let publications: [PortPublication]
  private let firewall = FlowFirewall()

  /// A finder that asks `attributor`, and knows what an owner report found, if there was one.
  public init(_ attributor: Attributor, survey: PortSurvey?) {
    self.attributor = attributor
    listeners = survey?.sockets.filter { $0.socket.state == .listening } ?? []
    publications = survey?.firewalls.first { $0.namespace == nil }?.publications ?? []
  }

  /// Who is at the end in question.
  ///
  /// - Parameters:
  ///   - request: The flow's two ends, seen from the one in question.
  ///   - mayBeListeners: Whether it is the server's end of an accepted connection: when that is over already, it is its
  ///     listener's, and whoever holds that one alone has accepted it.
  public func answer(_ request: AttributionRequest, mayBeListeners: Bool) -> EndAnswer {
    guard attributor.isHere(request.local.address) else { return .elsewhere }
    let found = ownership(request, mayBeListeners)
    let isListening = request.asksForListener && attributor.isListening(at: request)
    var answer = EndAnswer(isHere: true, isListening: isListening)
    if let holder = Self.holder(found) {
      answer.process = holder.process
      answer.method = found.method
    } else {
      answer.missing = Self.missing(found)
    }
    // The rules of other namespaces are not this one's.
    if request.asksForFirewall, attributor.isOwn(request.local.address) {
      answer.refusal = firewall.refusal(
        of: request, from: attributor.isOwn(request.peer.address) ? .host : .outside)
    }
    return answer
  }

  /// Of a connection's own holders the youngest: who inherited it works with it. Which holder of a socket that takes from
  /// anybody has taken is not known.
  private static func holder(_ found: Ownership) -> Holder? {
    switch found.method {
    case .listener: found.holders.first
    case .unconnected: Holder.only(of: found.holders + found.candidates)
    case .exact, .event, .procNet, .none:
      found.holders.last(where: \.isInherited) ?? found.holders.first
    }
  }

  private static func missing(_ found: Ownership) -> MissingOwner {
    found.missing
      ?? (found.holders.isEmpty && found.candidates.isEmpty ? .notLookedFor : .severalHolders)
  }

  private func ownership(_ request: AttributionRequest, _ mayBeListeners: Bool) -> Ownership {
    let found = attributor.owner(of: request)
    // What a rule sends on comes to no listener here.
    if request.transport == .tcp, isSentOn(request.local),
      found.method == .listener || found.holders.isEmpty && mayBeListeners
    {
      return Ownership(missing: .sentOn)
    }
    guard found.holders.isEmpty, found.method != .listener, mayBeListeners,
      request.transport == .tcp
    else { return found }
    let listener = attributor.listener(for: request)
    if !listener.holders.isEmpty || listener.socket != nil { return listener }
    return known(request.local) ?? found
  }

  /// Whether a rule may send on what comes to this address of this network namespace.
  private func isSentOn(_ local: SocketEndpoint) -> Bool {
    guard !publications.isEmpty, attributor.isOwn(local.address) else { return false }
    return publications.contains {
      $0.transport == .tcp && $0.isForPort && $0.takes(local.unmapped)
    }
  }

  /// The listener of the owner report, when one process alone holds it, or one and its children, and is still the same.
  private func known(_ local: SocketEndpoint) -> Ownership? {
    let fitting = listeners.filter {
      $0.socket.transport == .tcp && $0.namespace?.isOwn != false && $0.socket.waits(on: local)
    }
    guard fitting.count == 1, let only = fitting.first,
      let holder = Holder.only(of: only.holders),
      ProcessIdentity.read(pid: holder.process.pid)?.startTicks == holder.process.startTicks
    else { return nil }
    return Ownership(socket: only.socket, holders: [holder], method: .listener)
  }
}
