extension IPAddress {
  /// 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or ::1 (RFC 4291 section 2.5.3).
  public var isLoopback: Bool {
    let address = unmapped
    return address.family == .ipv4 ? address.bits >> 24 == 127 : address.bits == 1
  }

  /// RFC 1918 space, link-local addresses (RFC 3927, RFC 4291) and unique local ones (RFC 4193).
  public var isPrivate: Bool {
    let address = unmapped
    if address.family == .ipv6 {
      return address.bits >> 121 == 0xfc >> 1 || address.bits >> 118 == 0xfe80 >> 6
    }
    return address.bits >> 24 == 10 || address.bits >> 20 == 0xac1 || address.bits >> 16 == 0xc0a8
      || address.bits >> 16 == 0xa9fe
  }

  /// 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 section 2.7).
  public var isMulticast: Bool {
    let address = unmapped
    return address.family == .ipv4 ? address.bits >> 28 == 0xe : address.bits >> 120 == 0xff
  }

  /// 0.0.0.0 or ::, "no address".
  public var isUnspecified: Bool { unmapped.bits == 0 }

  /// The limited broadcast address 255.255.255.255 (RFC 919).
  public var isBroadcast: Bool { family == .ipv4 && bits == 0xffff_ffff }
}
