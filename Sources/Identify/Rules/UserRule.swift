public import Packets

/// An operator's rule that names an application of their own by its first bytes: every condition has to hold.
public struct UserRule: Hashable, Sendable {
  /// Canonical lower-case name.
  public let name: String
  /// Transports that it can run on.
  public let transports: Set<Transport>
  /// The recognised application that it is carried in (`http`); nil asks the rule only for what nothing recognises.
  public let carrier: String?
  /// Conditions, one at least.
  public let conditions: [RuleCondition]
  /// The line of the rule's beginning in its file, from 1.
  public let line: Int
}
