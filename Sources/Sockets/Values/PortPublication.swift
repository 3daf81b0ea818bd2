/// A rule of the local firewall that sends what comes to the port somewhere else, as container runtimes publish ports.
public struct PortPublication: Hashable, Sendable {
  /// How the packets are sent on.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// To another address.
    case dnat
    /// To another port of this host.
    case redirect
    /// To a transparent proxy on this host.
    case tproxy
  }

  /// Which packets pass the rule.
  public enum Hook: String, Hashable, Sendable, CaseIterable {
    /// What comes in from outside.
    case prerouting
    /// What this host itself sends.
    case output
  }

  /// How.
  public var kind: Kind
  /// TCP or UDP.
  public var transport: SocketEntry.Transport
  /// The new destination, 4 or 16 bytes; nil for a redirection, or where the rule chooses among several.
  public var address: [UInt8]?
  /// The new port; nil where it stays, or where the rule chooses among several.
  public var port: UInt16?
  /// The rule that does it.
  public var rule: FirewallRule
  /// Where packets meet it.
  public var hook: Hook
  /// Whether the rule, or one that leads to it, names the port; one that does not is meant for more.
  public var namesPort: Bool
  /// Conditions of the rule, and of those that lead to it, that depend on the packet (its source, the interface) and
  /// were not evaluated, in the language of the tool; none when it always applies. Raw.
  public var conditions: [[UInt8]]
  /// Rules that come first and may end the way otherwise, at most eight.
  public var before: [FirewallRule]
  /// The container at the new address; nil when no runtime's file tells.
  public var container: ContainerDescription?

  /// A publication of these values.
  public init(
    kind: Kind, transport: SocketEntry.Transport, address: [UInt8]? = nil, port: UInt16? = nil,
    rule: FirewallRule, hook: Hook = .prerouting, namesPort: Bool = true,
    conditions: [[UInt8]] = [], before: [FirewallRule] = []
  ) {
    self.kind = kind
    self.transport = transport
    self.address = address
    self.port = port
    self.rule = rule
    self.hook = hook
    self.namesPort = namesPort
    self.conditions = conditions
    self.before = before
  }

  /// Whether what comes to an end may be sent elsewhere by it: it is not the rule's own target, the rule is of its version
  /// of IP, and its conditions name no other destination alone.
  func takes(_ end: SocketEndpoint) -> Bool {
    let isIPv4 = end.address.count == 4
    switch rule.family {
    case .ip where !isIPv4, .ip6 where isIPv4: return false
    default: break
    }
    // What this host sends to its loopback meets the rules for what it sends alone.
    if end.isLoopback, hook != .output { return false }
    let staysHere = address == nil || address == end.address
    if staysHere, port == nil || port == end.port { return false }
    return conditions.allSatisfy { !Self.isOther($0, than: end.address) }
  }

  /// Whether a condition names one destination, which is another than this. Anything but a single address (a network, a
  /// set) is not looked into.
  private static func isOther(_ condition: [UInt8], than address: [UInt8]) -> Bool {
    let marks = ["ip daddr ", "ip6 daddr ", "-d "].map { Array($0.utf8) }
    guard let mark = marks.first(where: { condition.starts(with: $0) }) else { return false }
    var text = String(decoding: condition.dropFirst(mark.count), as: UTF8.self)
    let whole = address.count == 4 ? "/32" : "/128"
    if text.hasSuffix(whole) { text.removeLast(whole.count) }
    guard text.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == ":" }) else { return false }
    return text != String(decoding: AddressText.of(address), as: UTF8.self)
  }

  /// Whether the port is published by it beyond doubt of what is meant: the rule names the port, or every packet passes
  /// it.
  public var isForPort: Bool { namesPort || (conditions.isEmpty && before.isEmpty) }
}
