extension SurveyWork {
  /// Adds what the firewall's rules say about the port, in this namespace and in every other one that was surveyed.
  mutating func readFirewalls() {
    guard let proc = try? options.proc.open() else { return }
    survey.firewalls = configuration.firewall.map { [$0] } ?? []
    for place in places {
      guard let reading = FirewallSurvey.other(place, port: port, in: proc) else { continue }
      let isAsked = survey.sockets.contains { $0.namespace?.inode == place.namespace.inode }
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
