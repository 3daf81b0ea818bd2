extension FirewallReading {
  /// Addresses that are told one by one.
  private static let addressLimit = 4

  /// What the input hook does with packets to a socket: an item for each version of IP that reaches it and each way in;
  /// several where it hangs on which of the host's addresses they go to.
  public func filters(for socket: SocketEntry) -> [InputFilter] {
    let local = socket.local.unmapped
    let isLoopback = local.isLoopback
    return InputFilter.Origin.allCases.flatMap { origin -> [InputFilter] in
      // Nothing that comes from outside goes to the loopback's addresses.
      if isLoopback, origin == .outside { return [] }
      return [false, true].flatMap { isIPv6 -> [InputFilter] in
        guard socket.takes(isIPv6: isIPv6) else { return [] }
        let fitting = filters.filter {
          $0.transport == socket.transport && $0.origin == origin && $0.isIPv6 == isIPv6
        }
        let general = fitting.filter { $0.destination == nil }
        if local.isUnspecified {
          return Self.joined(fitting.filter { $0.destination != nil }, origin) ?? general
        }
        let own = fitting.filter { $0.destination == local.address }
        return own.isEmpty ? general : own
      }
    }
  }

  /// Where packets to these sockets end in a way that hangs on where they go to, the addresses that have to be asked
  /// about.
  func openDestinations(of sockets: [SocketEntry]) -> FirewallSurvey.Destinations {
    var wanted = FirewallSurvey.Destinations()
    for socket in sockets {
      let isOpen = filters(for: socket).contains {
        $0.state == .notEvaluated && $0.obstacle == nil
      }
      guard isOpen else { continue }
      let local = socket.local.unmapped
      if local.isUnspecified {
        wanted.hasOwn = true
      } else {
        wanted.addresses.insert(local.address)
      }
    }
    return wanted
  }

  /// What becomes of packets to every address of the host: one item where that is the same; nil where no address was
  /// looked at, or there are too many to tell of.
  private static func joined(
    _ filters: [InputFilter], _ origin: InputFilter.Origin
  ) -> [InputFilter]? {
    let reachable = filters.filter {
      let end = SocketEndpoint(address: $0.destination ?? [], port: 0)
      return origin == .host || !end.isLoopback
    }
    guard var first = reachable.first else { return nil }
    let isSame = reachable.allSatisfy {
      $0.state == first.state && $0.rule == first.rule && $0.before == first.before
    }
    // What goes to other addresses, of groups or of the loopback, may fare better than what goes to these.
    let isOpen =
      [.dropped, .rejected].contains(first.state) && (first.transport == .udp || origin == .host)
    guard isSame, !isOpen else { return reachable.count <= addressLimit ? reachable : nil }
    first.destination = nil
    return [first]
  }
}

extension SocketEntry {
  /// Whether packets of a version of IP can reach it.
  fileprivate func takes(isIPv6 wanted: Bool) -> Bool {
    if !isIPv6 { return !wanted }
    if local.unmapped.address.count == 4 { return !wanted }
    return wanted || (local.isUnspecified && isIPv6Only != true)
  }
}
