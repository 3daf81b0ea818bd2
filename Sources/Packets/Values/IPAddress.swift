/// An IPv4 or IPv6 address.
///
/// An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) stays IPv6 on the wire; `unmapped` gives what it stands for.
public struct IPAddress: Hashable, Comparable, Sendable {
  /// Which protocol the address belongs to.
  public enum Family: UInt8, Comparable, Sendable {
    case ipv4 = 4
    case ipv6 = 6

    /// IPv4 before IPv6.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// The family.
  public let family: Family
  /// The address as a number, most significant byte first on the wire; IPv4 uses the low 32 bits.
  public let bits: UInt128

  /// An IPv4 address from its 32 bits, most significant byte first on the wire.
  public init(v4: UInt32) {
    family = .ipv4
    bits = UInt128(v4)
  }

  /// An IPv6 address from its 128 bits, most significant byte first on the wire.
  public init(v6: UInt128) {
    family = .ipv6
    bits = v6
  }

  /// IPv4 first, then by number.
  public static func < (left: Self, right: Self) -> Bool {
    left.family == right.family ? left.bits < right.bits : left.family < right.family
  }

  /// The IPv4 address inside an IPv4-mapped one, else the address itself.
  public var unmapped: IPAddress {
    family == .ipv6 && bits >> 32 == 0xffff ? IPAddress(v4: UInt32(truncatingIfNeeded: bits)) : self
  }
}
