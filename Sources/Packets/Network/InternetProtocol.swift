/// The protocol and next-header numbers that are followed (IANA "Protocol Numbers").
@usableFromInline enum InternetProtocol {
  @usableFromInline static let hopByHop: UInt8 = 0
  @usableFromInline static let icmp: UInt8 = 1
  @usableFromInline static let ipv4: UInt8 = 4
  @usableFromInline static let tcp: UInt8 = 6
  @usableFromInline static let udp: UInt8 = 17
  @usableFromInline static let ipv6: UInt8 = 41
  @usableFromInline static let routing: UInt8 = 43
  @usableFromInline static let fragment: UInt8 = 44
  @usableFromInline static let gre: UInt8 = 47
  @usableFromInline static let authentication: UInt8 = 51
  @usableFromInline static let icmp6: UInt8 = 58
  @usableFromInline static let destinationOptions: UInt8 = 60
  @usableFromInline static let mobility: UInt8 = 135
  @usableFromInline static let mpls: UInt8 = 137
  @usableFromInline static let hostIdentity: UInt8 = 139
  @usableFromInline static let shim6: UInt8 = 140

  /// Whether an IPv4 datagram of this protocol can lead to a port, ICMP's quotes included.
  @inlinable static func leadsToPort4(_ number: UInt8) -> Bool {
    switch number {
    case icmp, ipv4, tcp, udp, ipv6, gre, authentication, mpls: true
    default: false
    }
  }

  /// Whether it is an IPv6 extension header of the common shape: next header, length in units of eight bytes
  /// (RFC 6564, RFC 8200 section 4).
  @inlinable static func isExtension(_ number: UInt8) -> Bool {
    switch number {
    case hopByHop, routing, destinationOptions, mobility, hostIdentity, shim6: true
    default: false
    }
  }

  /// Whether an IPv6 datagram with this next header can lead to a port.
  @inlinable static func leadsToPort6(_ number: UInt8) -> Bool {
    switch number {
    case ipv4, tcp, udp, ipv6, fragment, gre, authentication, icmp6, mpls: true
    default: isExtension(number)
    }
  }

  /// Whether an ICMP message of this type quotes a datagram (RFC 792).
  @inlinable static func isError4(_ type: UInt8) -> Bool {
    switch type {
    case 3, 4, 5, 11, 12: true
    default: false
    }
  }

  /// Whether an ICMPv6 message of this type quotes a datagram (RFC 4443 section 2.1).
  @inlinable static func isError6(_ type: UInt8) -> Bool { (1...4).contains(type) }
}
