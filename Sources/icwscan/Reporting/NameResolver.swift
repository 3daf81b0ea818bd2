import Glibc
import Packets
import Roles

/// Names of addresses for `--resolve`; without it no look-up is ever made.
struct NameResolver {
  /// Names kept at most; beyond that all are forgotten.
  static let most = 4_096
  let isOn: Bool
  /// Who is asked instead of the system, by a process that may not ask it.
  var runner: NameConnection?
  private var known: [IPAddress: String?] = [:]

  /// A resolver that answers nil unless `isOn`.
  init(isOn: Bool) { self.isOn = isOn }

  /// The name of an address, raw; nil when it has none. The corresponding C function is `getnameinfo`.
  mutating func name(of address: IPAddress) -> String? {
    guard isOn, !address.isUnspecified else { return nil }
    if let known = known[address] { return known }
    if known.count >= Self.most { known = [:] }
    let name =
      if let runner {
        runner.name(of: address.networkBytes).map { String(decoding: $0, as: UTF8.self) }
      } else { Self.lookUp(address) }
    known[address] = .some(name)
    return name
  }

  /// The name of an address, asked of the system.
  static func lookUp(_ address: IPAddress) -> String? {
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status: Int32
    if address.family == .ipv4 {
      var socket = sockaddr_in()
      socket.sin_family = sa_family_t(AF_INET)
      socket.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.bits).bigEndian
      status = unsafe withUnsafePointer(to: &socket) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getnameinfo(
            $0, socklen_t(MemoryLayout<sockaddr_in>.size), &host, socklen_t(host.count), nil, 0,
            NI_NAMEREQD)
        }
      }
    } else {
      var socket = sockaddr_in6()
      socket.sin6_family = sa_family_t(AF_INET6)
      unsafe withUnsafeMutableBytes(of: &socket.sin6_addr) { bytes in
        for index in 0..<16 {
          unsafe bytes[index] = UInt8(truncatingIfNeeded: address.bits >> UInt128(120 - 8 * index))
        }
      }
      status = unsafe withUnsafePointer(to: &socket) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getnameinfo(
            $0, socklen_t(MemoryLayout<sockaddr_in6>.size), &host, socklen_t(host.count), nil, 0,
            NI_NAMEREQD)
        }
      }
    }
    guard status == 0 else { return nil }
    return String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
