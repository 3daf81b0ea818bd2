/// The EtherTypes that are followed (IANA "IEEE 802 Numbers").
@usableFromInline enum EtherType {
  @usableFromInline static let ipv4: UInt16 = 0x0800
  @usableFromInline static let arp: UInt16 = 0x0806
  @usableFromInline static let ipv6: UInt16 = 0x86dd
  /// Transparent Ethernet bridging: a whole frame.
  @usableFromInline static let bridging: UInt16 = 0x6558
  @usableFromInline static let mpls: UInt16 = 0x8847
  @usableFromInline static let mplsMulticast: UInt16 = 0x8848
  @usableFromInline static let pppoeSession: UInt16 = 0x8864
  /// PPP, as GRE carries it (RFC 2637).
  @usableFromInline static let ppp: UInt16 = 0x880b
  /// Below this, the field is a length of IEEE 802.3.
  @usableFromInline static let minimum: UInt16 = 0x0600

  /// IEEE 802.1Q, 802.1ad, and the tags used before 802.1ad was written.
  @inlinable static func isTag(_ type: UInt16) -> Bool {
    switch type {
    case 0x8100, 0x88a8, 0x9100, 0x9200: true
    default: false
    }
  }
}
