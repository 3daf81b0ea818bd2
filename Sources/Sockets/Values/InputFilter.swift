/// What the local firewall's input hook does with a segment that opens a connection to the port, or with a datagram of a
/// new flow, as far as that is certain; also what its prerouting hook drops whatever else a packet is.
public struct InputFilter: Hashable, Sendable {
  /// What is certain.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// No chain is in the input hook, and the one before drops nothing for certain.
    case noRules = "no-rules"
    /// There are rules in the input hook, and none of them drops such a packet.
    case notDropped = "not-dropped"
    /// Every such packet is dropped without an answer.
    case dropped
    /// Every such packet is refused with an answer.
    case rejected
    /// Every such packet is sent on to another address or port before.
    case sentOn = "sent-on"
    /// It depends on more of a packet than is asked about.
    case notEvaluated = "not-evaluated"
  }

  /// Where a packet comes from, as its way in shows it.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// Through any device but the loopback: another host, a container, a virtual machine.
    case outside
    /// Through the loopback device: this host itself, whatever address it used.
    case host
  }

  /// TCP or UDP.
  public var transport: SocketEntry.Transport
  /// Whether IPv6 packets are meant.
  public var isIPv6: Bool
  /// Where the packets come from.
  public var origin: Origin
  /// The address that they go to, 4 or 16 bytes; nil where no single one was asked about.
  public var destination: [UInt8]?
  /// What is certain.
  public var state: State
  /// The rule that drops or rejects; for `notEvaluated` the one that takes what the rules in `before` leave.
  public var rule: FirewallRule?
  /// Rules that come first and depend on more, at most eight; the reason for `notEvaluated`.
  public var before: [FirewallRule]
  /// Why it was not evaluated where the rules could not be read; nil else.
  public var obstacle: FirewallReading.State?

  /// A finding.
  public init(
    transport: SocketEntry.Transport, isIPv6: Bool, origin: Origin = .outside,
    destination: [UInt8]? = nil, state: State, rule: FirewallRule? = nil,
    before: [FirewallRule] = [], obstacle: FirewallReading.State? = nil
  ) {
    self.transport = transport
    self.isIPv6 = isIPv6
    self.origin = origin
    self.destination = destination
    self.state = state
    self.rule = rule
    self.before = before
    self.obstacle = obstacle
  }
}
