/// What this namespace's packet filter does with the port, as far as it is certain.
public struct FirewallFindings: Hashable, Sendable {
  /// Whether the rules could be read.
  public enum Reading: String, Hashable, Sendable, CaseIterable {
    /// Nobody looked.
    case notLookedFor = "not-looked-for"
    /// It needs CAP_NET_ADMIN.
    case notPermitted = "not-permitted"
    /// The kernel has no nf_tables, or did not answer.
    case unavailable
    /// They were read.
    case read
  }

  /// A rule that sends the port's packets elsewhere.
  public struct Translation: Hashable, Sendable {
    /// TCP or UDP.
    public var transport: SocketEntry.Transport
    /// To which address; 4 or 16 bytes, empty when only the port is changed.
    public var address: [UInt8]
    /// To which port; nil when it stays.
    public var port: UInt16?
    /// Where the rule stands: family, table, chain and handle, `ip nat DOCKER handle 7`; raw.
    public var rule: [UInt8]
    /// The container that has the address; nil when no state file tells.
    public var container: ContainerDescription?

    /// A translation.
    public init(
      transport: SocketEntry.Transport, address: [UInt8], port: UInt16?, rule: [UInt8],
      container: ContainerDescription? = nil
    ) {
      self.transport = transport
      self.address = address
      self.port = port
      self.rule = rule
      self.container = container
    }
  }

  /// A rule that refuses the port's packets before any rule could accept them.
  public struct Refusal: Hashable, Sendable {
    /// TCP or UDP.
    public var transport: SocketEntry.Transport
    /// Whether the sender is told (reject) or not (drop).
    public var isTold: Bool
    /// Where the rule stands; raw.
    public var rule: [UInt8]

    /// A refusal.
    public init(transport: SocketEntry.Transport, isTold: Bool, rule: [UInt8]) {
      self.transport = transport
      self.isTold = isTold
      self.rule = rule
    }
  }

  /// Whether the rules could be read.
  public var reading = Reading.notLookedFor
  /// Destination translations of the port.
  public var translations: [Translation] = []
  /// Refusals that are certain.
  public var refusals: [Refusal] = []
  /// Rules of the input hook that were not evaluated because they are conditional.
  public var notEvaluated = 0

  /// Nothing known.
  public init() {}
}
