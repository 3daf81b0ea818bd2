import Glibc

/// The packet that rules are asked about: of a transport, to the port, over a version of IP, which opens a connection or
/// is the first of its kind. Where it comes from and goes to is known where it is said; nothing else of it is.
struct FirewallPacket: Hashable {
  var transport: SocketEntry.Transport
  var isIPv6: Bool
  var port: UInt16
  /// Whether it comes through the loopback device; nil when that is left open.
  var origin: InputFilter.Origin?
  /// The address that it comes from, 4 or 16 bytes; nil when that is left open.
  var source: [UInt8]?
  /// The address that it goes to, 4 or 16 bytes; nil when that is left open.
  var destination: [UInt8]?
  /// Whether connection tracking has seen it and knows it for new: not in front of it, nor where a rule may have kept it
  /// from being tracked.
  var isTracked = false

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

  /// This packet, with more known of it.
  func from(_ origin: InputFilter.Origin, to destination: [UInt8]? = nil) -> FirewallPacket {
    var packet = self
    packet.origin = origin
    packet.destination = destination
    return packet
  }
}
