public import Sockets

extension Redactor {
  /// Everything that a host shows on the port.
  public func redact(_ survey: PortSurvey) -> PortSurvey {
    var new = PortSurvey(
      sockets: survey.sockets.map(owned), source: survey.source,
      unreadableProcesses: survey.unreadableProcesses,
      namespacesNotEntered: survey.namespacesNotEntered, isComplete: survey.isComplete)
    new.unreadable = survey.unreadable
    new.unserved = survey.unserved.map(address)
    new.notEntered = survey.notEntered.map(namespace)
    new.namespacesReadAsText = survey.namespacesReadAsText
    new.gainsNothingFromSudo = survey.gainsNothingFromSudo
    new.units = survey.units.map(claim)
    new.firewalls = survey.firewalls.map { old in
      var reading = FirewallReading(
        namespace: old.namespace.map(namespace), tables: old.tables, legacyTables: old.legacyTables)
      reading.publications = old.publications.map(publication)
      reading.filters = old.filters.map(filter)
      reading.refusals = old.refusals.map(rule)
      return reading
    }
    return new
  }

  /// A socket, or what became of it.
  public func redact(_ record: SocketRecord) -> SocketRecord {
    var new = SocketRecord(owned: owned(record.owned), port: record.port, time: record.time)
    new.change = record.change.map { old in
      var change = SocketChange(
        old.kind, owned(old.owned), previousState: old.previousState,
        previousHolders: old.previousHolders?.map(holder))
      change.livedBetweenLooks = old.livedBetweenLooks
      return change
    }
    new.localName = record.localName.map { name("host", $0) }
    new.peerName = record.peerName.map { name("host", $0) }
    return new
  }

  private func owned(_ old: OwnedSocket) -> OwnedSocket {
    var new = OwnedSocket(
      socket: socket(old.socket), holders: old.holders.map(holder), missing: old.missing,
      namespace: old.namespace.map(namespace))
    new.activation = old.activation.map(claim)
    new.controlGroup = old.controlGroup.map { bytes("path", $0) }
    new.inputFilters = old.inputFilters.map(filter)
    return new
  }

  private func holder(_ old: Holder) -> Holder {
    var new = Holder(
      process: process(old.process), descriptors: old.descriptors, isInherited: old.isInherited)
    new.rings = old.rings
    new.provenance = old.provenance.map(provenance)
    return new
  }

  private func socket(_ old: SocketEntry) -> SocketEntry {
    var new = SocketEntry(
      transport: old.transport, isIPv6: old.isIPv6, state: old.state,
      localAddress: address(old.localAddress), localPort: old.localPort,
      peerAddress: address(old.peerAddress), peerPort: old.peerPort,
      receiveQueue: old.receiveQueue, sendQueue: old.sendQueue, user: user(old.user),
      inode: old.inode, boundInterface: old.boundInterface)
    new.isIPv6Only = old.isIPv6Only
    new.roundTripMicroseconds = old.roundTripMicroseconds
    new.bytesReceived = old.bytesReceived
    new.bytesAcknowledged = old.bytesAcknowledged
    new.timer = old.timer
    new.lastSentMilliseconds = old.lastSentMilliseconds
    new.lastReceivedMilliseconds = old.lastReceivedMilliseconds
    new.boundInterfaceName = old.boundInterfaceName.map { name("interface", $0) }
    new.isMultipath = old.isMultipath
    return new
  }

  private func namespace(_ old: NetworkNamespace) -> NetworkNamespace {
    var new = NetworkNamespace(
      inode: old.inode, name: old.name.map { bytes("namespace", $0) }, isOwn: old.isOwn,
      memberPID: old.memberPID)
    new.container = old.container.map(container)
    new.memberCommand = old.memberCommand.map { bytes("process", $0) }
    return new
  }

  private func claim(_ old: UnitClaim) -> UnitClaim {
    UnitClaim(
      unit: bytes("unit", old.unit), path: bytes("path", old.path), transport: old.transport,
      address: address(old.address), service: bytes("unit", old.service),
      acceptsEach: old.acceptsEach, isEnabled: old.isEnabled, isUserUnit: old.isUserUnit)
  }

  func rule(_ old: FirewallRule) -> FirewallRule {
    FirewallRule(
      tool: old.tool, family: old.family, table: bytes("table", old.table),
      chain: bytes("chain", old.chain), number: old.number, text: bytes("rule", old.text))
  }

  private func filter(_ old: InputFilter) -> InputFilter {
    InputFilter(
      transport: old.transport, isIPv6: old.isIPv6, origin: old.origin,
      destination: old.destination.map { address($0) }, state: old.state, rule: old.rule.map(rule),
      before: old.before.map(rule), obstacle: old.obstacle)
  }

  private func publication(_ old: PortPublication) -> PortPublication {
    var new = PortPublication(
      kind: old.kind, transport: old.transport, address: old.address.map { address($0) },
      port: old.port, rule: rule(old.rule), hook: old.hook, namesPort: old.namesPort,
      conditions: old.conditions.map { bytes("condition", $0) }, before: old.before.map(rule))
    new.container = old.container.map(container)
    return new
  }
}
