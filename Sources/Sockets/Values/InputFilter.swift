/// What the local firewall's input hook does with packets to the port, as far as that is certain; also what its prerouting
/// hook drops whatever else a packet is.
public struct InputFilter: Hashable, Sendable {
  /// What is certain.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// No chain is in the input hook, and the one before drops nothing for certain.
    case noRules = "no-rules"
    /// There are rules in the input hook, and none of them drops a packet to the port.
    case notDropped = "not-dropped"
    /// Every packet to the port is dropped without an answer.
    case dropped
    /// Every packet to the port is refused with an answer.
    case rejected
    /// It depends on more than the port.
    case notEvaluated = "not-evaluated"
  }

  /// TCP or UDP.
  public var transport: SocketEntry.Transport
  /// Whether IPv6 packets are meant.
  public var isIPv6: Bool
  /// What is certain.
  public var state: State
  /// The rule that drops or rejects; for `notEvaluated` the one that takes what the rules in `before` leave.
  public var rule: FirewallRule?
  /// Rules that come first and depend on more than the port, at most eight; the reason for `notEvaluated`.
  public var before: [FirewallRule]
  /// Why it was not evaluated where the rules could not be read; nil else.
  public var obstacle: FirewallReading.State?

  /// A finding.
  public init(
    transport: SocketEntry.Transport, isIPv6: Bool, state: State, rule: FirewallRule? = nil,
    before: [FirewallRule] = [], obstacle: FirewallReading.State? = nil
  ) {
    self.transport = transport
    self.isIPv6 = isIPv6
    self.state = state
    self.rule = rule
    self.before = before
    self.obstacle = obstacle
  }
}
