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
  /// The header of an outer IP datagram in front of its tunnel: who tunnels to whom.
  case outer(source: IPAddress, destination: IPAddress)
  /// IP in IP (RFC 2003, RFC 4213): the outer version, 4 or 6.
  case ip(version: UInt8)
  /// An IPsec authentication header (RFC 4302), passed over.
  case authentication
  /// A mirrored frame inside GRE (ERSPAN) with its 10-bit session.
  case erspan(session: UInt16)
  /// VXLAN (RFC 7348) with its 24-bit network identifier.
  case vxlan(UInt32)
  /// GENEVE (RFC 8926) with its 24-bit network identifier.
  case geneve(UInt32)
  /// GTP-U (3GPP TS 29.281) with its tunnel endpoint identifier.
  case gtp(tunnel: UInt32)
  /// Teredo (RFC 4380).
  case teredo
  /// L2TP version 2 (RFC 2661) with its tunnel and session.
  case l2tp(tunnel: UInt16, session: UInt16)
}
