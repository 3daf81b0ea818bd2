/// One end of a socket as bytes: an address of 4 or 16 bytes in network order, and a port.
public struct SocketEndpoint: Hashable, Sendable {
  /// The address; an IPv4 address that came mapped into IPv6 (RFC 4291 section 2.5.5.2) is kept as it came.
  public var address: [UInt8]
  /// The port.
  public var port: UInt16

  /// An end at `address` and `port`.
  public init(address: [UInt8], port: UInt16) {
    self.address = address
    self.port = port
  }

  /// The same end with a mapped IPv4 address as its 4 bytes, so that both spellings compare equal.
  public var unmapped: SocketEndpoint {
    SocketEndpoint(address: Self.unmapped(address), port: port)
  }

  /// Whether the address is all zero: every address, or no peer.
  public var isUnspecified: Bool { address.allSatisfy { $0 == 0 } }

  /// Whether the address is one of 127.0.0.0/8 or ::1 (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3).
  var isLoopback: Bool {
    let address = Self.unmapped(address)
    return address.count == 4 ? address[0] == 127 : address == Self.loopback6
  }

  private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  static func unmapped(_ address: [UInt8]) -> [UInt8] {
    guard address.count == 16, address[..<10].allSatisfy({ $0 == 0 }),
      address[10] == 0xFF, address[11] == 0xFF
    else { return address }
    return Array(address[12...])
  }

  /// The same end with an IPv4 address mapped into IPv6.
  var mapped: SocketEndpoint {
    guard address.count == 4 else { return self }
    return SocketEndpoint(
      address: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + address, port: port)
  }
}

extension SocketEndpoint: Comparable {
  /// By length of the address, by its bytes, by the port.
  public static func < (left: Self, right: Self) -> Bool {
    if left.address.count != right.address.count {
      return left.address.count < right.address.count
    }
    if left.address != right.address {
      return left.address.lexicographicallyPrecedes(right.address)
    }
    return left.port < right.port
  }
}
