import Packets

/// Where the headers of a packet lie in its frame, found again for what is only shown and not kept.
struct FrameLayout {
  /// First byte behind the link-layer header and its VLAN tags.
  let network: Int
  /// The IP header with the ports; nil when the packet was put together from fragments or the header is not found.
  let ip: Range<Int>?
  /// The TCP or UDP header.
  let transport: Range<Int>?

  init(_ record: PacketRecord) {
    let offset = Self.networkOffset(record)
    guard case .packet(let packet) = record.content, record.reassembled == nil else {
      network = offset ?? 0
      ip = nil
      transport = nil
      return
    }
    let transport = Self.transport(packet, record.frame)
    self.transport = transport
    let ip = transport.flatMap { Self.ip(packet, record.frame, before: $0.lowerBound) }
    self.ip = ip
    // Behind a link-layer header of varying length the first IP header is the network layer, if it is the only one.
    network = offset ?? (packet.path.isEmpty ? ip?.lowerBound : nil) ?? 0
  }

  /// Bytes of the link-layer header; nil where they vary.
  private static func networkOffset(_ record: PacketRecord) -> Int? {
    let path: [Encapsulation] =
      switch record.content {
      case .packet(let packet): packet.path
      case .error(let error): error.path
      }
    let tags = path.prefix { if case .vlan = $0 { true } else { false } }.count
    let header: Int? =
      switch record.link {
      case .ethernet: 14 + 4 * tags
      case .linuxCooked: 16 + 4 * tags
      case .linuxCooked2: 20 + 4 * tags
      case .null, .loop: 4
      case .raw, .ipv4, .ipv6: 0
      case .ppp: record.frame.starts(with: [0xff, 3]) ? 4 : 2
      case .ciscoHDLC: 4
      case .pppoe: 8
      case .slip: 16
      case .frameRelay, .ieee80211, .radiotap, .perPacketInformation, .netfilterLog: nil
      }
    return header.map { min($0, record.frame.count) }
  }

  /// The transport header ends where the payload begins; its first bytes are the ports.
  private static func transport(_ packet: Packet, _ frame: [UInt8]) -> Range<Int>? {
    let end = packet.payload.lowerBound
    guard end <= frame.count else { return nil }
    let lengths = packet.transport == .udp ? [8] : Array(stride(from: 20, through: 60, by: 4))
    for length in lengths where end >= length {
      let start = end - length
      let ports = frame[start..<start + 4]
      let wanted = [
        packet.source.port >> 8, packet.source.port & 255, packet.destination.port >> 8,
        packet.destination.port & 255,
      ]
      guard ports.elementsEqual(wanted.map { UInt8($0) }) else { continue }
      if case .tcp(let header) = packet.header {
        guard Int(frame[start + 12] >> 4) * 4 == length, frame.uint32(start + 4) == header.sequence
        else { continue }
      }
      return start..<end
    }
    return nil
  }

  /// The IP header whose addresses are the packet's and behind which the transport header can lie.
  private static func ip(_ packet: Packet, _ frame: [UInt8], before end: Int) -> Range<Int>? {
    if packet.source.address.family == .ipv4 {
      for length in stride(from: 20, through: 60, by: 4) where end >= length {
        let start = end - length
        guard frame[start] == UInt8(0x40 | length / 4),
          frame.uint32(start + 12) == UInt32(truncatingIfNeeded: packet.source.address.bits),
          frame.uint32(start + 16) == UInt32(truncatingIfNeeded: packet.destination.address.bits)
        else { continue }
        return start..<end
      }
      return nil
    }
    for start in stride(from: end - 40, through: max(0, end - 512), by: -4) where start >= 0 {
      guard frame[start] >> 4 == 6,
        IPAddress(bytes: Array(frame[start + 8..<start + 24])) == packet.source.address,
        IPAddress(bytes: Array(frame[start + 24..<start + 40])) == packet.destination.address
      else { continue }
      return start..<end
    }
    return nil
  }
}

extension [UInt8] {
  /// Two bytes in network order; 0 outside.
  func uint16(_ offset: Int) -> UInt16 {
    guard offset >= 0, offset + 2 <= count else { return 0 }
    return UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
  }

  /// Four bytes in network order; 0 outside.
  func uint32(_ offset: Int) -> UInt32 { UInt32(uint16(offset)) << 16 | UInt32(uint16(offset + 2)) }
}
