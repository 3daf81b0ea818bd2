import Glibc

/// The addresses of this host, so that a caller can tell which end of a flow is here.
public struct HostAddresses: Sendable {
  private var addresses: Set<[UInt8]> = []

  /// This host's addresses now.
  public init() {
    refresh()
  }

  /// These addresses, of 4 or 16 bytes.
  init(_ addresses: Set<[UInt8]>) {
    self.addresses = addresses
  }

  /// All of them, of 4 or 16 bytes, in order.
  public var list: [[UInt8]] { addresses.sorted { $0.lexicographicallyPrecedes($1) } }

  /// How many there are.
  public var count: Int { addresses.count }

  /// Whether an address of 4 or 16 bytes is this host's. All of 127.0.0.0/8 is (RFC 1122 section 3.2.1.3); a mapped
  /// IPv4 address is looked up as IPv4.
  public func contains(_ address: [UInt8]) -> Bool {
    let address = SocketEndpoint.unmapped(address)
    if address.count == 4, address[0] == 127 { return true }
    return addresses.contains(address)
  }

  /// Reads the interfaces again; false when that failed and the old set stands. The corresponding C function is
  /// `getifaddrs`.
  @discardableResult public mutating func refresh() -> Bool {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard unsafe getifaddrs(&list) == 0 else { return false }
    defer { unsafe freeifaddrs(list) }
    var found: Set<[UInt8]> = []
    var next = unsafe list
    while let interface = unsafe next {
      unsafe next = interface.pointee.ifa_next
      guard let address = unsafe interface.pointee.ifa_addr else { continue }
      switch Int32(unsafe address.pointee.sa_family) {
      case AF_INET:
        unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          _ = unsafe found.insert(KernelBytes.bytes(of: $0.pointee.sin_addr))
        }
      case AF_INET6:
        unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
          _ = unsafe found.insert(KernelBytes.bytes(of: $0.pointee.sin6_addr.__in6_u.__u6_addr32))
        }
      default: continue
      }
    }
    addresses = found
    return true
  }
}
