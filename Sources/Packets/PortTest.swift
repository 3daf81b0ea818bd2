/// The quick answer to "is this frame of interest?", for the offline hot path.
public enum PortTest: Sendable {
  /// Surely not.
  case no
  /// Surely.
  case yes
  /// The quick look can't tell: fragments, encapsulations, ICMP errors, odd headers.
  case lookCloser

  /// Looks at fixed places of the commonest frames only; allocates nothing.
  ///
  /// `no` means that a decoder of the same port would find neither a packet nor an ICMP error that touches it in this
  /// frame by itself, `yes` that it would; whatever is unusual, cut or wrong is left to the decoder.
  @inlinable public static func of(
    _ frame: Span<UInt8>, link: LinkType, port: UInt16
  ) -> PortTest {
    let count = frame.count
    var place: Int
    var type: UInt16
    switch link {
    case .ethernet:
      guard count >= 34 else { return .lookCloser }
      type = uint16(frame, 12)
      place = 14
    case .linuxCooked:
      guard count >= 36 else { return .lookCloser }
      type = uint16(frame, 14)
      place = 16
    case .linuxCooked2:
      guard count >= 40 else { return .lookCloser }
      type = uint16(frame, 0)
      place = 20
    case .raw, .ipv4, .ipv6:
      guard count >= 20 else { return .lookCloser }
      let version = frame[0] >> 4
      if version == 4, link != .ipv6 { return ipv4(frame, 0, port) }
      if version == 6, link != .ipv4 { return ipv6(frame, 0, port) }
      return .lookCloser
    case .null, .loop:
      guard count >= 24 else { return .lookCloser }
      // The family is a small number: its only byte is the first or the last.
      let family = frame[0] | frame[3]
      guard frame[1] == 0, frame[2] == 0, frame[0] == 0 || frame[3] == 0 else { return .lookCloser }
      return switch family {
      case 2: ipv4(frame, 4, port)
      case 10, 23, 24, 28, 30: ipv6(frame, 4, port)
      default: .lookCloser
      }
    case .ppp:
      guard count >= 24 else { return .lookCloser }
      place = uint16(frame, 0) == 0xff03 ? 2 : 0
      return switch uint16(frame, place) {
      case 0x0021: ipv4(frame, place + 2, port)
      case 0x0057: ipv6(frame, place + 2, port)
      default: .lookCloser
      }
    case .pppoe, .ciscoHDLC, .frameRelay, .ieee80211, .radiotap, .perPacketInformation, .slip,
      .netfilterLog:
      return .lookCloser
    }
    var tags = 0
    while EtherType.isTag(type) {
      guard tags < 2, place + 24 <= count else { return .lookCloser }
      type = uint16(frame, place + 2)
      place += 4
      tags += 1
    }
    switch type {
    case EtherType.ipv4: return ipv4(frame, place, port)
    case EtherType.ipv6: return ipv6(frame, place, port)
    case EtherType.arp: return .no
    default: return .lookCloser
    }
  }

  /// The two bytes at a place that the caller has checked.
  @inlinable static func uint16(_ frame: Span<UInt8>, _ place: Int) -> UInt16 {
    UInt16(frame[place]) << 8 | UInt16(frame[place + 1])
  }

  /// An IPv4 header at `place`.
  @inlinable static func ipv4(_ frame: Span<UInt8>, _ place: Int, _ port: UInt16) -> PortTest {
    guard place + 20 <= frame.count else { return .lookCloser }
    let first = frame[place]
    let size = Int(first & 0x0f) * 4
    let number = frame[place + 9]
    guard first >> 4 == 4, size >= 20 else { return .lookCloser }
    guard InternetProtocol.leadsToPort4(number) else { return .no }
    guard uint16(frame, place + 6) & 0x3fff == 0 else { return .lookCloser }
    let behind = place + size
    let length = Int(uint16(frame, place + 2)) - size
    switch number {
    case InternetProtocol.tcp, InternetProtocol.udp:
      return transport(frame, behind, length, isTCP: number == InternetProtocol.tcp, port)
    case InternetProtocol.icmp:
      guard behind < frame.count else { return .lookCloser }
      return InternetProtocol.isError4(frame[behind]) ? .lookCloser : .no
    default: return .lookCloser
    }
  }

  /// An IPv6 header at `place`.
  @inlinable static func ipv6(_ frame: Span<UInt8>, _ place: Int, _ port: UInt16) -> PortTest {
    guard place + 44 <= frame.count, frame[place] >> 4 == 6 else { return .lookCloser }
    let number = frame[place + 6]
    let behind = place + 40
    switch number {
    case InternetProtocol.tcp, InternetProtocol.udp:
      let length = Int(uint16(frame, place + 4))
      return transport(frame, behind, length, isTCP: number == InternetProtocol.tcp, port)
    case InternetProtocol.icmp6:
      return InternetProtocol.isError6(frame[behind]) ? .lookCloser : .no
    default: return InternetProtocol.leadsToPort6(number) ? .lookCloser : .no
    }
  }

  /// Ports at `place`, in an IP payload of `length` bytes.
  @inlinable static func transport(
    _ frame: Span<UInt8>, _ place: Int, _ length: Int, isTCP: Bool, _ port: UInt16
  ) -> PortTest {
    guard place + 4 <= frame.count else { return .lookCloser }
    let source = uint16(frame, place)
    let destination = uint16(frame, place + 2)
    let touches = source == port || destination == port
    if isTCP {
      guard touches else { return .no }
      guard place + 14 <= frame.count else { return .lookCloser }
      let size = Int(frame[place + 12] >> 4) * 4
      return size >= 20 && size <= length ? .yes : .lookCloser
    }
    guard touches else {
      let isTunnel = TunnelPort.contains(source) || TunnelPort.contains(destination)
      return isTunnel ? .lookCloser : .no
    }
    guard place + 8 <= frame.count else { return .lookCloser }
    let size = Int(uint16(frame, place + 4))
    return size >= 8 && size <= length ? .yes : .lookCloser
  }
}
