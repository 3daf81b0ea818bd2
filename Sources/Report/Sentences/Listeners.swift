import Packets
import Sockets

/// Who waits on the port, or else who has connections on it, in words.
struct Listeners {
  /// `bound to every address by P`; nil when there is no socket.
  let text: String?
  /// What the only kind of program among them speaks; nil when unknown or when they differ.
  let program: String?
  /// Rules that send the port's packets elsewhere; nil without one.
  let rules: String?
  /// Where processes are that wait in one other network namespace, and there alone.
  private let places: [ProcessKey: NetworkNamespace]
  /// Processes that wait.
  private let waiting: [ProcessIdentity]

  /// Processes that are named; the rest is counted.
  private static let most = 3

  /// Those of one transport; of each command line at most `commandLimit` characters.
  init(
    _ survey: PortSurvey?, transport: SocketEntry.Transport, port: UInt16, commandLimit: Int? = nil
  ) {
    let sockets = (survey?.sockets ?? []).filter { $0.socket.transport == transport }
    let waiting = sockets.filter { $0.socket.isListening && $0.socket.localPort == port }
    let here = waiting.filter { $0.namespace?.isOwn != false }
    let elsewhere = Self.elsewhere(waiting, port: port, commandLimit)
    var parts: [String] = []
    if !here.isEmpty {
      parts = ["bound " + Self.bindings(here, port: port, commandLimit)]
    } else if !elsewhere.isEmpty {
      parts = ["no listener in this network namespace"]
    }
    let publications = Self.publications(survey, transport)
    if parts.isEmpty, !publications.isEmpty { parts = ["no listener"] }
    parts += publications + elsewhere
    if parts.isEmpty, !sockets.isEmpty {
      let count = sockets.count == 1 ? "1 connection" : "\(sockets.count) connections"
      let place = Self.place(sockets)
      parts = ["no listener; \(count) of \(Self.names(sockets, commandLimit))\(place)"]
    }
    if here.isEmpty, let claim = Self.inactive(survey, transport) { parts.append(claim) }
    text = parts.isEmpty ? nil : parts.joined(separator: "; ")
    rules = publications.isEmpty ? nil : publications.joined(separator: "; ")
    places = Self.places(waiting)
    let holders = Self.holders(waiting)
    self.waiting = holders.map(\.process)
    let kinds = holders.map { ProgramWords.kind(of: $0.process) }
    program = kinds.allSatisfy { $0 == kinds[0] } ? kinds.first ?? nil : nil
  }

  /// Where processes wait, of those that do so in one other network namespace.
  private static func places(_ waiting: [OwnedSocket]) -> [ProcessKey: NetworkNamespace] {
    guard waiting.contains(where: { $0.namespace?.isOwn == false }) else { return [:] }
    var places: [ProcessKey: Set<NetworkNamespace?>] = [:]
    for owned in waiting {
      let place = owned.namespace.flatMap { $0.isOwn ? nil : $0 }
      for holder in owned.holders { places[holder.process.key, default: []].insert(place) }
    }
    // Who waits in several says by itself nothing of where a flow went.
    return places.compactMapValues { $0.count == 1 ? $0.first ?? nil : nil }
  }

  /// The process that waits and that made this one to serve, out of the same file; nil where there is none.
  func maker(of process: ProcessIdentity) -> ProcessIdentity? {
    guard !waiting.contains(where: { $0.key == process.key }) else { return nil }
    return waiting.first {
      $0.pid == process.parent && $0.executable != nil && $0.executable == process.executable
    }
  }

  /// ` in network namespace blue`, of a process that waits there; nothing of any other.
  func place(of process: ProcessIdentity) -> String {
    places[process.key].map { " in " + ContainerWords.of($0) } ?? ""
  }

  /// Rules that send the port's packets on, a part for each.
  private static func publications(_ survey: PortSurvey?, _ transport: SocketEntry.Transport)
    -> [String]
  {
    var parts: [String] = []
    for reading in survey?.firewalls ?? [] {
      let place = reading.namespace.map { "in \(ContainerWords.of($0)) " } ?? ""
      for publication in reading.publications
      where publication.isForPort && publication.transport == transport {
        parts.append(place + FirewallWords.of(publication))
      }
    }
    guard parts.count > most else { return parts }
    return parts.prefix(most) + ["\(parts.count - most) more such rules"]
  }

  /// Listeners in other network namespaces, a part for each.
  private static func elsewhere(
    _ waiting: [OwnedSocket], port: UInt16, _ commandLimit: Int?
  ) -> [String] {
    var groups: [(namespace: NetworkNamespace, sockets: [OwnedSocket])] = []
    for owned in waiting {
      guard let namespace = owned.namespace, !namespace.isOwn else { continue }
      if let index = groups.firstIndex(where: { $0.namespace == namespace }) {
        groups[index].sockets.append(owned)
      } else {
        groups.append((namespace, [owned]))
      }
    }
    var parts = groups.prefix(most).map { group in
      "in \(ContainerWords.of(group.namespace)), bound there "
        + bindings(group.sockets, port: port, commandLimit)
    }
    if groups.count > most {
      parts.append("in \(groups.count - most) more network namespaces")
    }
    return parts
  }

  /// Where connections are when all are in one other namespace.
  private static func place(_ sockets: [OwnedSocket]) -> String {
    guard let first = sockets.first?.namespace, !first.isOwn,
      sockets.allSatisfy({ $0.namespace == first })
    else { return "" }
    return " in \(ContainerWords.of(first))"
  }

  /// A socket unit that asks for the port while nothing listens.
  private static func inactive(_ survey: PortSurvey?, _ transport: SocketEntry.Transport) -> String?
  {
    guard
      let claim = survey?.units.first(where: { $0.transport == transport })
    else { return nil }
    return "\(Escaped.text(claim.unit)) claims it for \(UnitWords.service(claim)) and is not active"
  }

  /// Every process once, those that others inherited from first.
  private static func holders(_ sockets: [OwnedSocket]) -> [Holder] {
    let all = sockets.flatMap(\.holders)
    guard all.count > 1 else { return all }
    var holders: [Holder] = []
    var seen: Set<ProcessKey> = []
    for holder in all.filter({ !$0.isInherited }) + all.filter(\.isInherited)
    where seen.insert(holder.process.key).inserted {
      holders.append(holder)
    }
    return holders
  }

  /// `to every address by P; to one address, 192.0.2.1, by Q`: each address with who is there, the most exposed first.
  private static func bindings(
    _ sockets: [OwnedSocket], port: UInt16, _ commandLimit: Int?
  ) -> String {
    // What the same processes hold is told together, then what is bound alike.
    var byHolders: [(keys: Set<ProcessKey>, sockets: [OwnedSocket])] = []
    for owned in sockets {
      let keys = Set(owned.holders.map(\.process.key))
      if let index = byHolders.firstIndex(where: { $0.keys == keys }) {
        byHolders[index].sockets.append(owned)
      } else {
        byHolders.append((keys, [owned]))
      }
    }
    // Two processes on as many addresses each are not on the same.
    func places(_ sockets: [OwnedSocket]) -> Set<IPAddress?> {
      Set(sockets.map { $0.socket.local?.address.unmapped })
    }
    var groups: [(address: String, sockets: [OwnedSocket])] = []
    for group in byHolders {
      let address = addresses(group.sockets, port: port)
      let isEvery = group.sockets.contains {
        SocketRecord(owned: $0, port: port).exposure == .everyAddress
      }
      if let index = groups.firstIndex(where: {
        $0.address == address && (isEvery || places($0.sockets) == places(group.sockets))
      }) {
        groups[index].sockets += group.sockets
      } else {
        groups.append((address, group.sockets))
      }
    }
    let order: [SocketRecord.Exposure] = [.everyAddress, .oneAddress, .loopback]
    func rank(_ sockets: [OwnedSocket]) -> Int {
      let exposures = Set(sockets.map { SocketRecord(owned: $0, port: port).exposure })
      return order.firstIndex(where: exposures.contains) ?? order.count
    }
    let ranked = groups.enumerated().sorted {
      let (one, other) = (rank($0.element.sockets), rank($1.element.sockets))
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
    let names = ranked.count == 1 ? most : 2
    var parts = ranked.prefix(most).map {
      "to \($0.address) by \(Self.names($0.sockets, commandLimit, most: names))"
    }
    if ranked.count > most {
      let rest = ranked.dropFirst(most).flatMap(\.sockets)
      parts.append(
        "to \(addresses(rest, port: port)) by \(Self.names(rest, commandLimit, most: names))")
    }
    return parts.joined(separator: "; ")
  }

  private static func names(
    _ sockets: [OwnedSocket], _ commandLimit: Int?, most: Int = most
  ) -> String {
    let holders = holders(sockets)
    var names = holders.prefix(most).map { holder in
      var name = ProcessWords.of(holder.process, limit: commandLimit)
      if let forwarder = holder.provenance?.forwarder {
        name += ", which \(ContainerWords.of(forwarder))"
      }
      if holder.provenance?.isStopped == true { name += ", which is stopped" }
      if let claim = activation(sockets, holder) {
        name += ", by \(Escaped.text(claim.unit)) for \(UnitWords.service(claim))"
      }
      return name
    }
    if holders.count > most { names.append("\(holders.count - most) more") }
    for missing in MissingOwner.allCases {
      guard
        let owned = sockets.first(where: { $0.holders.isEmpty && $0.missing == missing })
      else { continue }
      let unit = owned.controlGroup.map { "; made in \(Escaped.text($0))" } ?? ""
      names.append("no known process (\(Words.brief(missing, of: owned.socket))\(unit))")
    }
    if names.isEmpty { names = ["no known process"] }
    guard names.count > 1, let last = names.popLast() else { return names[0] }
    return names.joined(separator: ", ") + " and " + last
  }

  /// The socket unit for which a service manager holds one of these.
  private static func activation(_ sockets: [OwnedSocket], _ holder: Holder) -> UnitClaim? {
    sockets.first { owned in
      !owned.activation.isEmpty && ServiceManager.isOne(holder)
        && owned.holders.contains { $0.process.key == holder.process.key }
    }?.activation.first
  }

  private static func addresses(_ sockets: [OwnedSocket], port: UInt16) -> String {
    let exposures = sockets.map { SocketRecord(owned: $0, port: port).exposure }
    if exposures.contains(.everyAddress) {
      let open = zip(sockets, exposures).filter { $1 == .everyAddress }.map(\.0.socket)
      let isIPv6Alone = open.allSatisfy { $0.isIPv6 && $0.isIPv6Only == true }
      return isIPv6Alone ? "every IPv6 address" : Words.of(.everyAddress)
    }
    let single = sockets.compactMap { $0.socket.local?.address }.filter { !$0.isLoopback }
    if single.contains(where: { $0 != single[0] }) { return "\(Set(single).count) addresses" }
    var names = single.prefix(1).map { "one address, \($0)," }
    if exposures.contains(.loopback) { names.append(Words.of(.loopback)) }
    return names.joined(separator: " and ")
  }
}
