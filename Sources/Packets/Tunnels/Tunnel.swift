/// Tunnels over UDP. Their ports are no proof, only a reason to look.
enum Tunnel: Sendable {
  case vxlan
  case geneve
  case gtp
  case teredo
  case l2tp

  /// The tunnel that a datagram's ports hint at.
  init?(_ source: UInt16, _ destination: UInt16) {
    guard let tunnel = Self(port: destination) ?? Self(port: source) else { return nil }
    self = tunnel
  }

  private init?(port: UInt16) {
    switch port {
    case TunnelPort.vxlan, TunnelPort.vxlanOfLinux: self = .vxlan
    case TunnelPort.geneve: self = .geneve
    case TunnelPort.gtp: self = .gtp
    case TunnelPort.teredo: self = .teredo
    case TunnelPort.l2tp: self = .l2tp
    default: return nil
    }
  }
}

/// The ports of the tunnels that are looked into.
@usableFromInline enum TunnelPort {
  /// RFC 7348 section 8.
  @usableFromInline static let vxlan: UInt16 = 4789
  /// What Linux used before the port was assigned, and still does by default.
  @usableFromInline static let vxlanOfLinux: UInt16 = 8472
  /// RFC 8926 section 3.3.
  @usableFromInline static let geneve: UInt16 = 6081
  /// 3GPP TS 29.281 section 4.4.2.
  @usableFromInline static let gtp: UInt16 = 2152
  /// RFC 4380 section 2.7.
  @usableFromInline static let teredo: UInt16 = 3544
  /// RFC 2661 section 8.1.
  @usableFromInline static let l2tp: UInt16 = 1701

  /// Whether the port is one of them.
  @inlinable static func contains(_ port: UInt16) -> Bool {
    switch port {
    case vxlan, vxlanOfLinux, geneve, gtp, teredo, l2tp: true
    default: false
    }
  }
}
