import CLinux

/// A base chain of nf_tables: where the kernel enters the rules.
struct NFTablesChain: Hashable {
  /// The family of its table (NFPROTO_*).
  var family: UInt8
  var table: [UInt8]
  var name: [UInt8]
  /// The hook's number (enum nf_inet_hooks).
  var hook: UInt32
  /// Lower comes first.
  var priority: Int32
  /// `filter`, `nat` or `route`.
  var type: [UInt8]
  /// Whether what falls off its end is dropped.
  var dropsByPolicy: Bool

  /// From the answer to a dump; nil for a chain without a hook, which is only jumped to.
  init?(_ object: NFTablesReply.Object) {
    let attributes = object.attributes
    let hook = attributes.nested(NFTA_CHAIN_HOOK)
    guard let table = attributes.name(NFTA_CHAIN_TABLE),
      let name = attributes.name(NFTA_CHAIN_NAME), let number = hook.number(NFTA_HOOK_HOOKNUM)
    else { return nil }
    family = object.family
    self.table = table
    self.name = name
    self.hook = number
    priority = Int32(bitPattern: hook.number(NFTA_HOOK_PRIORITY) ?? 0)
    type = attributes.name(NFTA_CHAIN_TYPE) ?? []
    // NF_DROP is 0, NF_ACCEPT 1 (include/uapi/linux/netfilter.h).
    dropsByPolicy = attributes.number(NFTA_CHAIN_POLICY) == 0
  }

  /// The family by its name in nft; nil for those that see no IP packets of this host (arp, bridge, netdev).
  var familyName: FirewallRule.Family? {
    switch Int(family) {
    case NFPROTO_IPV4: .ip
    case NFPROTO_IPV6: .ip6
    case NFPROTO_INET: .inet
    default: nil
    }
  }

  /// Whether it sees packets of a version of IP.
  func sees(_ packet: FirewallPacket) -> Bool {
    switch familyName {
    case .inet: true
    case .ip: !packet.isIPv6
    case .ip6: packet.isIPv6
    case nil: false
    }
  }
}
