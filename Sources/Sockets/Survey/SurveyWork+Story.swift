extension SurveyWork {
  /// Adds what is known beside the sockets and their holders: units, containers, where processes come from.
  mutating func complete() {
    guard let proc = try? options.proc.open() else { return }
    let directories = UnitDirectories(root: options.root)
    if options.readsConfiguration {
      survey.units = UnitSearch.claims(port: port, in: directories)
    }
    guard !survey.sockets.isEmpty else { return }
    var reader = ProvenanceReader(
      clock: clock, hashes: options.hashesExecutables, units: directories,
      containers: ContainerSearch(path: options.root))
    for index in survey.sockets.indices {
      if options.readsProvenance {
        for holder in survey.sockets[index].holders.indices {
          reader.complete(&survey.sockets[index].holders[holder], in: proc)
        }
      }
      noteActivation(of: index)
      nameForwarded(at: index)
    }
    nameNamespaces(in: proc)
    nameControlGroups()
  }

  /// The socket units that a listener belongs to, when a service manager holds it.
  private mutating func noteActivation(of index: Int) {
    let owned = survey.sockets[index]
    let managers = owned.holders.filter { ServiceManager.isOne($0.process) }
    guard !managers.isEmpty else { return }
    survey.sockets[index].activation = survey.units.filter { claim in
      claim.isFor(owned.socket)
        && managers.contains { ($0.process.pid == 1) != claim.isUserUnit }
    }
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
