extension SurveyWork {
  /// Adds what is known beside the sockets and their holders: units, containers, where processes come from.
  mutating func complete() {
    guard let proc = try? options.proc.open() else { return }
    guard !survey.sockets.isEmpty else {
      survey.units = configuration.units
      return
    }
    var reader = ProvenanceReader(
      clock: clock, hashes: options.hashesExecutables, namesParentsOnly: options.namesParentsOnly,
      units: UnitDirectories(root: options.root),
      containers: ContainerSearch(path: options.root), root: options.proc)
    if options.readsProvenance {
      for index in survey.sockets.indices {
        for holder in survey.sockets[index].holders.indices {
          reader.complete(&survey.sockets[index].holders[holder], in: proc)
        }
      }
    }
    survey.units = configuration.units
    for index in survey.sockets.indices {
      noteActivation(of: index, in: proc)
      nameForwarded(at: index)
    }
    nameNamespaces(in: proc)
    nameControlGroups()
    noteUnserved()
  }

  /// Notes on which of the own namespace's addresses no TCP socket listens, where some listen on single addresses beside
  /// the loopback's.
  private mutating func noteUnserved() {
    let listeners = survey.sockets.filter {
      $0.namespace?.isOwn != false && $0.socket.transport == .tcp && $0.socket.isListener
        && $0.socket.localPort == port
    }.map(\.socket)
    guard listeners.contains(where: { !$0.local.unmapped.isLoopback }),
      !listeners.contains(where: { $0.local.isUnspecified })
    else { return }
    let unserved = HostAddresses().list.filter { address in
      !listeners.contains { $0.waits(on: SocketEndpoint(address: address, port: port)) }
    }
    // Those of IPv4 first.
    let ordered = unserved.filter { $0.count == 4 } + unserved.filter { $0.count != 4 }
    survey.unserved = Array(ordered.prefix(PortSurvey.mostUnserved))
  }

  /// The socket units that a listener belongs to, when a service manager holds it.
  private mutating func noteActivation(of index: Int, in proc: borrowing Descriptor) {
    let owned = survey.sockets[index]
    guard owned.socket.isListener else { return }
    for holder in owned.holders where ServiceManager.isOne(holder) {
      survey.sockets[index].activation += units(of: holder, in: proc).filter {
        $0.isFor(owned.socket) && $0.isUserUnit != ServiceManager.isOfSystem(holder)
      }
    }
  }

  /// The socket units that a manager reads: that of a container has its own root's.
  private func units(of manager: Holder, in proc: borrowing Descriptor) -> [UnitClaim] {
    guard manager.provenance?.namespacePID != nil else { return survey.units }
    let process = manager.process
    let units = UnitSearch.claims(port: port, in: .ofContainer(process.pid, in: options.proc))
    let now = ProcessFiles(pid: process.pid, in: proc)?.stat?.startTicks
    return now == process.startTicks ? units : []
  }

  /// What RootlessKit forwards its arguments don't tell; Docker's files know by the port.
  private mutating func nameForwarded(at index: Int) {
    let socket = survey.sockets[index].socket
    guard socket.isListener, socket.localPort == port else { return }
    for holder in survey.sockets[index].holders.indices {
      let forwarder = survey.sockets[index].holders[holder].provenance?.forwarder
      guard forwarder?.program == .rootlesskit, forwarder?.container == nil else { continue }
      var containers = ContainerSearch(path: options.root)
      survey.sockets[index].holders[holder].provenance?.forwarder?.container =
        containers.container(publishing: port, socket.transport)
    }
  }

  /// Names the other namespaces in which something was found, by the container of a member.
  private mutating func nameNamespaces(in proc: borrowing Descriptor) {
    var containers = ContainerSearch(path: options.root)
    var known: [NetworkNamespace: NetworkNamespace] = [:]
    for index in survey.sockets.indices {
      guard let namespace = survey.sockets[index].namespace, !namespace.isOwn else { continue }
      if known[namespace] == nil {
        var named = namespace
        // A holder says more than just any process inside.
        if let holder = survey.sockets[index].holders.first { named.memberPID = holder.process.pid }
        if let pid = named.memberPID, let files = ProcessFiles(pid: pid, in: proc) {
          named.container = containers.container(in: files.controlGroups ?? [], of: files)
          named.memberCommand = files.command
        }
        known[namespace] = named
      }
      survey.sockets[index].namespace = known[namespace]
    }
  }

  /// Where nobody is known to hold a socket, the group in which it was made tells at least the unit.
  private mutating func nameControlGroups() {
    let wanted = survey.sockets.filter { $0.holders.isEmpty }
      .compactMap(\.socket.controlGroup).filter { $0 > 1 }
    let paths = ControlGroupSearch.paths(of: Set(wanted), in: options.proc)
    for index in survey.sockets.indices where survey.sockets[index].holders.isEmpty {
      guard let identity = survey.sockets[index].socket.controlGroup else { continue }
      survey.sockets[index].controlGroup = paths[identity]
    }
  }
}
