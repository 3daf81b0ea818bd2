/// A block of addresses, written 192.0.2.0/24 or 2001:db8::/32 (RFC 4632 section 3.1, RFC 4291 section 2.3).
public struct Prefix: Hashable, Sendable {
  /// The first address of the block.
  public let address: IPAddress
  /// Leading bits that are fixed: 0...32 or 0...128.
  public let length: Int

  /// A block; nil when the length does not fit the family or bits behind it are set.
  public init?(_ address: IPAddress, length: Int) {
    let width = address.family == .ipv4 ? 32 : 128
    guard (0...width).contains(length) else { return nil }
    let free = width - length
    guard
      free == 128
        ? address.bits == 0 : (address.bits >> UInt128(free)) << UInt128(free) == address.bits
    else { return nil }
    self.address = address
    self.length = length
  }

  /// Whether the address lies in the block; an IPv4-mapped address counts as its IPv4 address.
  public func contains(_ other: IPAddress) -> Bool {
    let other = address.family == .ipv4 ? other.unmapped : other
    guard other.family == address.family else { return false }
    let free = (address.family == .ipv4 ? 32 : 128) - length
    return free == 128 || other.bits >> UInt128(free) == address.bits >> UInt128(free)
  }
}
