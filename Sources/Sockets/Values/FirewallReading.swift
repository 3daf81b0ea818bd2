/// What the firewall rules of one network namespace say about the port.
public struct FirewallReading: Hashable, Sendable {
  /// How far rules were read.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// To the end, or there are none.
    case read
    /// The kernel has no such rules.
    case absent
    /// CAP_NET_ADMIN in the namespace is needed.
    case notPermitted = "not-permitted"
    /// They changed while they were read, twice.
    case changed
    /// There are more than are read.
    case tooMany = "too-many"
    /// The kernel refused or its answer was not understood.
    case failed

    /// Whether nothing was missed.
    public var isWhole: Bool { self == .read || self == .absent }
  }

  /// The namespace; nil for this process's own.
  public var namespace: NetworkNamespace?
  /// How far the rules of nf_tables were read.
  public var tables: State
  /// How far those of iptables-legacy and ip6tables-legacy were read.
  public var legacyTables: State
  /// What sends the port's packets somewhere else.
  public var publications: [PortPublication] = []
  /// Rules that are kept of those that refuse.
  static let mostRefusals = 16
  /// Rules of the input hook that name the port and drop or reject, be it on conditions; at most sixteen.
  public var refusals: [FirewallRule] = []
  /// What the input hook does, for TCP and UDP over IPv4 and IPv6, from outside and from this host; also to single
  /// addresses where it hangs on them.
  public var filters: [InputFilter] = []

  /// A reading of these values.
  public init(
    namespace: NetworkNamespace? = nil, tables: State = .read, legacyTables: State = .absent
  ) {
    self.namespace = namespace
    self.tables = tables
    self.legacyTables = legacyTables
  }

  /// The first reason why something may have been missed; nil when all was read.
  public var obstacle: State? { [tables, legacyTables].first { !$0.isWhole } }
}
