/// What the local firewall did to a flow that got no answer: a rule that ends such packets for certain.
public struct FirewallRefusal: Hashable, Sendable {
  /// Whether it is refused with an answer, and not dropped without one.
  public var isRejected: Bool
  /// The rule, or the policy.
  public var rule: FirewallRule

  /// A refusal by this rule.
  public init(isRejected: Bool, rule: FirewallRule) {
    self.isRejected = isRejected
    self.rule = rule
  }
}
