/// A layer between the link and the IP header that holds the port, outermost first in `Packet.path`.
public enum Encapsulation: Hashable, Sendable {
  /// An IEEE 802.1Q or 802.1ad tag with its 12-bit VLAN identifier.
  case vlan(UInt16)
  /// An MPLS label stack entry (RFC 3032) with its 20-bit label.
  case mpls(UInt32)
  /// A PPP session over Ethernet (RFC 2516).
  case pppoe(session: UInt16)
  /// PPP inside another layer.
  case ppp
  /// Generic routing encapsulation (RFC 2784).
  case gre
  /// IP in IP (RFC 2003, RFC 4213): the outer version, 4 or 6.
  case ip(version: UInt8)
  /// An IPsec authentication header (RFC 4302), passed over.
  case authentication
}
