/// A rule of the local firewall, or a base chain's policy, with the place where its tools show it.
public struct FirewallRule: Hashable, Sendable {
  /// Who keeps the rule, and so which program shows it.
  public enum Tool: String, Hashable, Sendable, CaseIterable {
    /// nf_tables: `nft`, and `iptables` in its nft variant.
    case nft
    /// The older tables of iptables and ip6tables.
    case iptablesLegacy = "iptables-legacy"
  }

  /// Which packets a table sees.
  public enum Family: String, Hashable, Sendable, CaseIterable {
    case ip, ip6, inet
  }

  /// Who keeps it.
  public var tool: Tool
  /// Which packets its table sees.
  public var family: Family
  /// The table; raw.
  public var table: [UInt8]
  /// The chain; raw.
  public var chain: [UInt8]
  /// nft's handle, or the rule's number in its chain (from 1) for iptables-legacy; nil for a policy.
  public var number: UInt64?
  /// The rule in the language of its tool (nft's, or iptables' options); what was not decoded is named so. Raw.
  public var text: [UInt8]

  /// A rule of these values.
  public init(
    tool: Tool, family: Family, table: [UInt8], chain: [UInt8], number: UInt64? = nil,
    text: [UInt8]
  ) {
    self.tool = tool
    self.family = family
    self.table = table
    self.chain = chain
    self.number = number
    self.text = text
  }
}
