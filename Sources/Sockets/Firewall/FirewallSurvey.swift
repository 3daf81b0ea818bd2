import CLinux
import Glibc

/// Reads the firewall rules of network namespaces.
enum FirewallSurvey {
  /// The addresses to which packets are followed beside those to any.
  struct Destinations: Hashable, Sendable {
    /// More than these are not looked at one by one.
    static let limit = 32

    var addresses: Set<[UInt8]> = []
    /// Whether all of the namespace's own are meant, too.
    var hasOwn = false

    var isEmpty: Bool { addresses.isEmpty && !hasOwn }
  }

  /// What a thread brings out of a namespace: a netlink socket that stays inside, and the older tables.
  private struct Visit: Sendable {
    var socket: Int32 = -1
    var failure = FirewallReading.State.failed
    var legacy = LegacyTables.Result()
    var destinations: [[UInt8]] = []
  }

  /// What the rules of this process's own namespace say about a port.
  static func own(
    port: UInt16, to destinations: Destinations = Destinations(), in proc: borrowing Descriptor
  ) -> FirewallReading {
    read(port: port, namespace: nil) { visit(proc.number, destinations) }
  }

  /// Where a packet ends by the rules of this process's own namespace.
  static func end(of packet: FirewallPacket, in proc: borrowing Descriptor) -> InputFilter {
    let first = end(of: packet, visit(proc.number, Destinations()))
    return first.obstacle == .changed
      ? end(of: packet, visit(proc.number, Destinations())) : first
  }

  private static func end(of packet: FirewallPacket, _ visit: Visit) -> InputFilter {
    var rules = rules(visit, nil)
    return rules.end(of: packet)
  }

  /// The rules of the namespace that a visit was made to.
  private static func rules(
    _ visit: Visit, _ namespace: NetworkNamespace?
  ) -> FirewallRules<NetlinkSocket> {
    let reader =
      visit.socket >= 0 ? NFTablesReader(NetlinkSocket(owning: visit.socket)) : nil
    return FirewallRules(
      reader, state: reader == nil ? visit.failure : .read, legacy: visit.legacy,
      namespace: namespace)
  }

  /// What the rules of another namespace say; nil when it can't be entered.
  static func other(
    _ place: NamespaceSearch.Place, port: UInt16, to destinations: Destinations = Destinations(),
    in proc: borrowing Descriptor
  ) -> FirewallReading? {
    guard let file = try? Descriptor(place.path, in: proc.number),
      let status = try? file.status(), UInt64(status.st_ino) == place.namespace.inode
    else { return nil }
    let number = file.number
    let folder = proc.number
    var isEntered = true
    let reading = read(port: port, namespace: place.namespace) {
      let found = Worker.run { () -> Visit? in
        linux_enter_network_namespace(number) == 0 ? visit(folder, destinations) : nil
      }
      guard let found, let visit = found else {
        isEntered = false
        return Visit()
      }
      return visit
    }
    return isEntered ? reading : nil
  }

  /// Reads twice when the rules changed under the first reading.
  private static func read(
    port: UInt16, namespace: NetworkNamespace?, _ visit: () -> Visit
  ) -> FirewallReading {
    let first = evaluate(visit(), port, namespace)
    return first.obstacle == .changed ? evaluate(visit(), port, namespace) : first
  }

  private static func evaluate(
    _ visit: Visit, _ port: UInt16, _ namespace: NetworkNamespace?
  ) -> FirewallReading {
    var rules = rules(visit, namespace)
    return rules.evaluate(port: port, destinations: visit.destinations)
  }

  /// What the calling thread's namespace has.
  private static func visit(_ proc: Int32, _ wanted: Destinations) -> Visit {
    var visit = Visit()
    let asked = wanted.addresses.sorted { $0.lexicographicallyPrecedes($1) }
    let all = wanted.addresses.union(wanted.hasOwn ? HostAddresses().list : [])
    visit.destinations =
      all.count <= Destinations.limit
      ? all.sorted { $0.lexicographicallyPrecedes($1) } : Array(asked.prefix(Destinations.limit))
    do throws(NetlinkError) {
      visit.socket = try NetlinkSocket.open(NETLINK_NETFILTER).release()
    } catch {
      if case .system(let number) = error { visit.failure = FirewallFailure.system(number).state }
    }
    // The thread's own: another thread of this process may be in another namespace.
    if let folder = try? Descriptor(
      "thread-self/net", in: proc, flags: O_RDONLY | O_DIRECTORY)
    {
      visit.legacy = LegacyTables.read(in: folder)
    }
    return visit
  }
}
