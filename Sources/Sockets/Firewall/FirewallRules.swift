import CLinux
import Glibc

/// The rules of one network namespace, of both kinds, and what they mean for a port.
struct FirewallRules<Channel: NetlinkChannel & ~Copyable> {
  /// A chain that the kernel enters at a hook.
  private struct Entry {
    var hook: UInt32
    var isIPv6: Bool?
    /// The table and the chain, with what falls off its end.
    var place: FirewallRule
    /// nft's family of the table; the index of a legacy table.
    var source: Source
    var dropsByPolicy: Bool
    /// Whether it translates addresses: what is not tracked, and what comes back through the loopback, never meets it.
    var isTranslation: Bool
    /// Whether connection tracking, at priority -200 (NF_IP_PRI_CONNTRACK), comes before it.
    var isTracked: Bool
  }

  enum Source: Hashable {
    case tables(family: UInt8)
    case legacy(Int)
  }

  private let reader: NFTablesReader<Channel>?
  private let legacy: [LegacyTable]
  private let memory = RuleMemory<Source>()
  private var entries: [Entry] = []
  private(set) var reading: FirewallReading
  /// The kinds of packets that a rule may keep from being tracked; nil until that was looked at.
  private var untracked: Set<FirewallPacket>?

  /// Reads the chains. `reader` is nil where there is no way to ask nf_tables, for the reason `state`.
  init(
    _ reader: NFTablesReader<Channel>?, state: FirewallReading.State, legacy: LegacyTables.Result,
    namespace: NetworkNamespace?
  ) {
    self.reader = reader
    reading = FirewallReading(
      namespace: namespace, tables: state, legacyTables: legacy.state)
    self.legacy = legacy.images.map {
      LegacyTable($0.bytes, isIPv6: $0.isIPv6, hooks: $0.hooks)
    }
    if self.legacy.contains(where: { !$0.isWhole }) { reading.legacyTables = .failed }
    addChains()
    for (index, image) in legacy.images.enumerated() { add(image, index) }
  }

  private mutating func addChains() {
    guard let reader else { return }
    do throws(FirewallFailure) {
      for chain in try reader.baseChains() {
        guard let family = chain.familyName else { continue }
        let place = FirewallRule(
          tool: .nft, family: family, table: chain.table, chain: chain.name,
          text: Array("policy drop".utf8))
        entries.append(
          Entry(
            hook: chain.hook, isIPv6: family == .inet ? nil : family == .ip6, place: place,
            source: .tables(family: chain.family), dropsByPolicy: chain.dropsByPolicy,
            isTranslation: chain.type == Array("nat".utf8),
            isTracked: chain.hook == UInt32(NF_INET_LOCAL_IN.rawValue) || chain.priority > -200))
      }
    } catch {
      reading.tables = error.state
    }
  }

  private mutating func add(_ image: LegacyTables.Image, _ index: Int) {
    // Of a table that was cut nobody knows what comes last.
    guard legacy[index].isWhole else { return }
    for (hook, offset) in image.hooks.enumerated() {
      guard offset != nil, hook < LegacyTable.hookNames.count else { continue }
      let place = FirewallRule(
        tool: .iptablesLegacy, family: image.isIPv6 ? .ip6 : .ip, table: Array(image.name.utf8),
        chain: Array(LegacyTable.hookNames[hook].utf8), text: Array("policy DROP".utf8))
      entries.append(
        Entry(
          hook: UInt32(hook), isIPv6: image.isIPv6, place: place, source: .legacy(index),
          dropsByPolicy: legacy[index].dropsByPolicy(place.chain),
          isTranslation: image.name == "nat", isTracked: image.name != "raw"))
    }
  }

  /// Follows packets to the port through the hooks, and those to each of these addresses, too.
  mutating func evaluate(port: UInt16, destinations: [[UInt8]] = []) -> FirewallReading {
    let packets = FirewallPacket.all(port: port)
    untracked = Set(packets.filter { mayBeUntracked($0) })
    for packet in packets {
      publish(packet, at: UInt32(NF_INET_PRE_ROUTING.rawValue), .prerouting)
      publish(packet, at: UInt32(NF_INET_LOCAL_OUT.rawValue), .output)
    }
    for origin in InputFilter.Origin.allCases {
      for packet in packets {
        reading.filters.append(filter(packet, from: origin, to: nil))
        for address in destinations where (address.count == 16) == packet.isIPv6 {
          reading.filters.append(filter(packet, from: origin, to: address))
        }
      }
    }
    noteFailures()
    if let obstacle = reading.obstacle {
      for index in reading.filters.indices { reading.filters[index].hide(behind: obstacle) }
    }
    return reading
  }

  /// Follows one packet, of which as much is known as it says.
  mutating func end(of packet: FirewallPacket) -> InputFilter {
    let kind = FirewallPacket(
      transport: packet.transport, isIPv6: packet.isIPv6, port: packet.port)
    // A datagram that nobody answered may belong to what this host began long before.
    untracked = packet.transport == .udp || mayBeUntracked(packet) ? [kind] : []
    var found = filter(packet, from: packet.origin ?? .outside, to: packet.destination)
    noteFailures()
    if let obstacle = reading.obstacle { found.hide(behind: obstacle) }
    return found
  }

  private mutating func noteFailures() {
    if memory.isExhausted { reading.tables = .tooMany }
    if let failure = reader?.failure {
      // The first question was answered: whatever is refused now is no absence.
      let state = failure.state
      reading.tables = state == .absent ? .failed : state
    }
  }

  private func isTracked(_ packet: FirewallPacket) -> Bool {
    // A rule that was not read may keep it from that.
    guard let untracked, reading.obstacle == nil, reader?.failure == nil else { return false }
    return !untracked.contains {
      $0.transport == packet.transport && $0.isIPv6 == packet.isIPv6
    }
  }

  /// Whether a rule may keep packets to the port from being tracked.
  private func mayBeUntracked(_ packet: FirewallPacket) -> Bool {
    [NF_INET_PRE_ROUTING, NF_INET_LOCAL_OUT].contains { hook in
      entries(at: UInt32(hook.rawValue), for: packet).contains { entry in
        var walk = walk(entry, packet, .prerouting)
        _ = walk.run()
        return walk.mayUntrack || !walk.isWhole
      }
    }
  }

  private func walk(
    _ entry: Entry, _ packet: FirewallPacket, _ hook: PortPublication.Hook
  ) -> ChainWalk {
    var packet = packet
    packet.isTracked = entry.isTracked && isTracked(packet)
    return ChainWalk(packet, hook: hook, place: entry.place) { chain in
      memory.readings(of: chain, in: entry.place.table, entry.source, for: packet) {
        switch entry.source {
        case .legacy(let index): return legacy[index].readings(of: chain, for: packet)
        case .tables(let family):
          let table = entry.place.table
          return reader?.rules(of: chain, table: table, family: family)?.map { rule in
            NFTablesMachine.read(rule, for: packet) { name in
              reader?.set(name, table: table, family: family)
            }
          }
        }
      }
    }
  }

  private func entries(at hook: UInt32, for packet: FirewallPacket) -> [Entry] {
    entries.filter { $0.hook == hook && ($0.isIPv6 == nil || $0.isIPv6 == packet.isIPv6) }
  }

  private mutating func publish(
    _ packet: FirewallPacket, at hook: UInt32, _ name: PortPublication.Hook
  ) {
    var before: [FirewallRule] = []
    for entry in entries(at: hook, for: packet) {
      var walk = walk(entry, packet, name)
      let fate = walk.run()
      for var publication in walk.publications {
        publication.before = Array((before + publication.before).prefix(ChainWalk.reasonLimit))
        add(publication)
      }
      // What an earlier chain drops or sends on comes to no later one.
      before += walk.possibleDrops + walk.publications.map(\.rule)
      if case .dropped(let rule) = fate { before.append(rule) }
      if case .rejected(let rule) = fate { before.append(rule) }
    }
  }

  /// A rule in a table for both versions of IP, or at both hooks, is one publication.
  private mutating func add(_ publication: PortPublication) {
    let isKnown = reading.publications.contains {
      $0.rule == publication.rule && $0.transport == publication.transport
        && $0.address == publication.address && $0.port == publication.port
    }
    if !isKnown, reading.publications.count < Self.publicationLimit {
      reading.publications.append(publication)
    }
  }

  private static var publicationLimit: Int { 64 }

  /// What the prerouting hook drops whatever else a packet is; nil when it lets any through or sends any on.
  private func certainEnd(
    before packet: FirewallPacket
  ) -> (state: InputFilter.State, rule: FirewallRule)? {
    for entry in entries(at: UInt32(NF_INET_PRE_ROUTING.rawValue), for: packet)
    where meets(packet, entry) {
      var walk = walk(entry, packet, .prerouting)
      var fate = walk.run()
      if fate == .passes, entry.dropsByPolicy { fate = .dropped(entry.place) }
      if fate == .gone || walk.mayLeave { return nil }
      guard walk.doubts.isEmpty else { continue }
      switch fate {
      case .dropped(let rule): return (.dropped, rule)
      case .rejected(let rule): return (.rejected, rule)
      case .passes, .accepted, .gone: break
      }
    }
    return nil
  }

  /// Whether a packet meets a chain for certain, if at all: what a chain that translates addresses does to one that comes
  /// through the loopback was done when it was sent.
  private func meets(_ packet: FirewallPacket, _ entry: Entry) -> Bool {
    !entry.isTranslation || packet.origin != .host && isTracked(packet)
  }

  /// What sends a packet on before the input hook sees it as it came: in the prerouting hook, or for one of this host itself
  /// in the output hook. `isCertain` when it does so whatever else the packet is.
  private func sending(_ packet: FirewallPacket) -> (rules: [FirewallRule], isCertain: Bool) {
    let hook = packet.origin == .host ? NF_INET_LOCAL_OUT : NF_INET_PRE_ROUTING
    var rules: [FirewallRule] = []
    for entry in entries(at: UInt32(hook.rawValue), for: packet) {
      var walk = walk(entry, packet, .prerouting)
      let fate = walk.run()
      let sends = walk.publications.map(\.rule)
      if fate == .gone, walk.doubts.isEmpty, walk.possibleDrops.isEmpty, rules.isEmpty,
        let rule = sends.first, !entry.isTranslation || isTracked(packet)
      {
        return ([rule], true)
      }
      if fate == .gone || walk.mayLeave || !sends.isEmpty {
        rules += sends.isEmpty ? walk.doubts + walk.leaving : sends
      }
    }
    return (rules, false)
  }

  private mutating func note(refusals: [FirewallRule]) {
    for rule in refusals
    where reading.refusals.count < FirewallReading.mostRefusals && !reading.refusals.contains(rule)
    {
      reading.refusals.append(rule)
    }
  }

  private mutating func filter(
    _ kind: FirewallPacket, from origin: InputFilter.Origin, to destination: [UInt8]?
  ) -> InputFilter {
    let packet = kind.from(origin, to: destination)
    var found = InputFilter(
      transport: packet.transport, isIPv6: packet.isIPv6, origin: origin, destination: destination,
      state: .noRules)
    if let end = certainEnd(before: packet) {
      found.state = end.state
      found.rule = end.rule
      return found
    }
    let sending = sending(packet)
    if sending.isCertain {
      found.state = .sentOn
      found.rule = sending.rules.first
      return found
    }
    var leaves = !sending.rules.isEmpty
    for entry in entries(at: UInt32(NF_INET_LOCAL_IN.rawValue), for: packet)
    where meets(packet, entry) {
      var walk = walk(entry, packet, .prerouting)
      var fate = walk.run()
      note(refusals: walk.refusals)
      if fate == .passes, entry.dropsByPolicy { fate = .dropped(entry.place) }
      if found.state == .noRules { found.state = .notDropped }
      var end: (state: InputFilter.State, rule: FirewallRule)?
      switch fate {
      case .dropped(let rule): end = (.dropped, rule)
      case .rejected(let rule): end = (.rejected, rule)
      case .passes, .accepted, .gone: break
      }
      if let end, walk.doubts.isEmpty, !leaves {
        // Dropped here, whatever other chains let through.
        found.state = end.state
        found.rule = end.rule
        found.before = []
        return found
      }
      var reasons = end == nil ? walk.possibleDrops : walk.doubts
      // What takes it away before this chain may be why it is not dropped here.
      if end != nil, found.before.isEmpty { reasons = sending.rules + reasons }
      if fate == .gone || walk.mayLeave {
        leaves = true
        reasons += walk.leaving
      }
      if end == nil, entry.dropsByPolicy, walk.mayReachPolicy {
        reasons += walk.doubts + [entry.place]
      }
      if end != nil || !reasons.isEmpty {
        found.state = .notEvaluated
        found.rule = found.rule ?? end?.rule
        found.before += reasons
      }
    }
    found.before = Array(found.before.prefix(ChainWalk.reasonLimit))
    return found
  }
}

extension InputFilter {
  /// Where not all rules were read, only what certainly drops is certain.
  fileprivate mutating func hide(behind obstacle: FirewallReading.State) {
    if state == .dropped || state == .rejected { return }
    state = .notEvaluated
    self.obstacle = obstacle
  }
}
