extension SurveyWork {
  /// Adds what the firewall's rules say about the port, in this namespace and in every other one that was surveyed.
  mutating func readFirewalls() {
    guard let proc = try? options.proc.open() else { return }
    survey.firewalls =
      configuration.firewall.map {
        [again($0, listeners(in: nil)) { FirewallSurvey.own(port: port, to: $0, in: proc) }]
      } ?? []
    for place in places {
      guard let first = FirewallSurvey.other(place, port: port, in: proc) else { continue }
      let inode = place.namespace.inode
      let reading = again(first, listeners(in: inode)) {
        FirewallSurvey.other(place, port: port, to: $0, in: proc)
      }
      let isAsked = survey.sockets.contains { $0.namespace?.inode == inode }
      if isAsked || !reading.publications.isEmpty { survey.firewalls.append(reading) }
    }
    nameTargets()
    for index in survey.sockets.indices where survey.sockets[index].socket.isListener {
      let owned = survey.sockets[index]
      let inode = owned.namespace.flatMap { $0.isOwn ? nil : $0.inode }
      let reading = survey.firewalls.first { $0.namespace?.inode == inode }
      survey.sockets[index].inputFilters = reading?.filters(for: owned.socket) ?? []
    }
  }

  /// The listeners of a namespace; `inode` is nil for this process's own.
  private func listeners(in inode: UInt64?) -> [SocketEntry] {
    survey.sockets.filter {
      $0.socket.isListener && $0.namespace.flatMap { $0.isOwn ? nil : $0.inode } == inode
    }.map(\.socket)
  }

  /// A reading that says more of the addresses where it hangs on them; the first where it does not, or where the second
  /// failed.
  private func again(
    _ first: FirewallReading, _ listeners: [SocketEntry],
    _ read: (FirewallSurvey.Destinations) -> FirewallReading?
  ) -> FirewallReading {
    let open = first.openDestinations(of: listeners)
    guard !open.isEmpty, let second = read(open), second.obstacle == nil else { return first }
    return second
  }

  /// Names the containers behind the new destinations.
  private mutating func nameTargets() {
    var containers = ContainerSearch(path: options.root)
    for index in survey.firewalls.indices {
      for number in survey.firewalls[index].publications.indices {
        guard let address = survey.firewalls[index].publications[number].address else { continue }
        survey.firewalls[index].publications[number].container =
          containers.container(atAddress: AddressText.of(address))
      }
    }
  }
}
