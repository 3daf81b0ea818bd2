import Glibc

/// The packet that rules are asked about: of a transport, to the port, over a version of IP. Nothing else of it is
/// known.
struct FirewallPacket: Hashable {
  var transport: SocketEntry.Transport
  var isIPv6: Bool
  var port: UInt16

  /// The number in IP's protocol field.
  var protocolNumber: UInt8 { UInt8(transport == .udp ? IPPROTO_UDP : IPPROTO_TCP) }

  /// The port in network order.
  var portBytes: [UInt8] { KernelBytes.bytes(of: port.bigEndian) }

  /// The four that concern a port.
  static func all(port: UInt16) -> [FirewallPacket] {
    [SocketEntry.Transport.tcp, .udp].flatMap { transport in
      [false, true].map { FirewallPacket(transport: transport, isIPv6: $0, port: port) }
    }
  }
}
