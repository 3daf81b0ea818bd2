import CLinux

/// What nf_tables loads of a packet, in nft's words, with the bytes that are known.
enum NFTablesFields {
  typealias Field = (value: [UInt8?], source: NFTablesRegisters.Source)

  /// Bytes of a header. The transport's header begins with the two ports.
  static func payload(_ data: NFTablesAttributes, of packet: FirewallPacket, l4: [UInt8]?) -> Field?
  {
    guard let base = data.number(NFTA_PAYLOAD_BASE), let offset = data.number(NFTA_PAYLOAD_OFFSET),
      let wide = data.number(NFTA_PAYLOAD_LEN), let length = Int(exactly: wide),
      (1...64).contains(length)
    else { return nil }
    var value = [UInt8?](repeating: nil, count: length)
    var source: NFTablesRegisters.Source
    switch base {
    case NFT_PAYLOAD_TRANSPORT_HEADER.rawValue:
      for (index, byte) in packet.portBytes.enumerated() {
        let place = index + 2 - Int(offset)
        if value.indices.contains(place) { value[place] = byte }
      }
      let name = l4 ?? Array("th".utf8)
      source = transport(name, offset, length)
      if packet.transport == .tcp, offset == 13, length == 1 {
        source.bits = .init(value: TCPOpening.flags, mask: TCPOpening.known)
      }
    case NFT_PAYLOAD_NETWORK_HEADER.rawValue:
      if !packet.isIPv6, offset == 9, length == 1 { value[0] = packet.protocolNumber }
      source = network(offset, length, isIPv6: packet.isIPv6)
      // The addresses stand at 12 and 16 of IPv4's header (RFC 791), and at 8 and 24 of IPv6's (RFC 8200).
      for (address, start) in [
        (packet.source, packet.isIPv6 ? 8 : 12), (packet.destination, packet.isIPv6 ? 24 : 16),
      ] {
        for (index, byte) in (address ?? []).enumerated() {
          let place = index + start - Int(offset)
          if value.indices.contains(place) { value[place] = byte }
        }
      }
    default:
      source = raw(base == NFT_PAYLOAD_LL_HEADER.rawValue ? "@ll" : "@ih", offset, length)
    }
    if value.contains(nil) == false, source.kind == .port { source.isPort = true }
    return (value, source)
  }

  private static func transport(
    _ name: [UInt8], _ offset: UInt32, _ length: Int
  ) -> NFTablesRegisters.Source {
    switch (offset, length) {
    case (0, 2): .init(name: name + Array(" sport".utf8), kind: .port, length: 2)
    case (2, 2): .init(name: name + Array(" dport".utf8), kind: .port, length: 2)
    case (13, 1): .init(name: Array("tcp flags".utf8), kind: .bytes, length: 1)
    default: raw("@th", offset, length)
    }
  }

  private static func network(
    _ offset: UInt32, _ length: Int, isIPv6: Bool
  ) -> NFTablesRegisters.Source {
    func field(_ name: String, _ kind: NFTablesRegisters.Source.Kind) -> NFTablesRegisters.Source {
      .init(name: Array(name.utf8), kind: kind, length: length)
    }
    // A prefix of whole bytes is loaded alone.
    switch (isIPv6, offset, length) {
    case (false, 9, 1): return field("ip protocol", .transport)
    case (false, 12, 1...4): return field("ip saddr", .address)
    case (false, 16, 1...4): return field("ip daddr", .address)
    case (true, 6, 1): return field("ip6 nexthdr", .transport)
    case (true, 8, 1...16): return field("ip6 saddr", .address)
    case (true, 24, 1...16): return field("ip6 daddr", .address)
    default: return raw("@nh", offset, length)
    }
  }

  /// Any bytes, as nft writes them: base, first bit, number of bits.
  private static func raw(
    _ base: String, _ offset: UInt32, _ length: Int
  ) -> NFTablesRegisters.Source {
    .init(
      name: Array("\(base),\(UInt64(offset) * 8),\(length * 8)".utf8), kind: .bytes,
      length: length)
  }

  /// What the kernel knows beside the packet's bytes.
  static func meta(_ key: UInt32?, of packet: FirewallPacket) -> Field {
    func field(
      _ name: String, _ kind: NFTablesRegisters.Source.Kind, _ value: [UInt8?]
    ) -> Field {
      (value, .init(name: Array(name.utf8), kind: kind, length: value.count))
    }
    let word = [UInt8?](repeating: nil, count: 4)
    let name = [UInt8?](repeating: nil, count: 16)
    guard let key else { return field("meta ?", .bytes, word) }
    switch key {
    case NFT_META_L4PROTO.rawValue:
      return field("meta l4proto", .transport, [packet.protocolNumber])
    case NFT_META_NFPROTO.rawValue:
      let family = packet.isIPv6 ? NFPROTO_IPV6 : NFPROTO_IPV4
      return field("meta nfproto", .family, [UInt8(truncatingIfNeeded: family)])
    case NFT_META_PROTOCOL.rawValue:
      let known: [UInt8] = packet.isIPv6 ? [0x86, 0xDD] : [0x08, 0x00]
      return field("meta protocol", .bytes, known)
    case NFT_META_IIF.rawValue:
      // The loopback device is the first of every namespace (LOOPBACK_IFINDEX, <net/flow.h>).
      return incoming("iif", .index, KernelBytes.bytes(of: UInt32(1)), word, packet)
    case NFT_META_OIF.rawValue: return field("oif", .index, word)
    case NFT_META_IIFNAME.rawValue:
      let loopback = Array("lo".utf8) + [UInt8](repeating: 0, count: name.count - 2)
      return incoming("iifname", .name, loopback, name, packet)
    case NFT_META_OIFNAME.rawValue: return field("oifname", .name, name)
    case NFT_META_MARK.rawValue: return field("meta mark", .number, word)
    case NFT_META_SKUID.rawValue: return field("meta skuid", .number, word)
    case NFT_META_SKGID.rawValue: return field("meta skgid", .number, word)
    default: return field("meta key \(key)", .bytes, name)
    }
  }

  /// The device that a packet came through: the loopback, any but that, or not known.
  private static func incoming(
    _ name: String, _ kind: NFTablesRegisters.Source.Kind, _ loopback: [UInt8],
    _ unknown: [UInt8?], _ packet: FirewallPacket
  ) -> Field {
    var source = NFTablesRegisters.Source(
      name: Array(name.utf8), kind: kind, length: unknown.count)
    if packet.origin == .outside { source.excluded = loopback }
    return (packet.origin == .host ? loopback : unknown, source)
  }

  /// What connection tracking knows.
  static func connection(_ key: UInt32?, of packet: FirewallPacket) -> Field {
    let value = [UInt8?](repeating: nil, count: 16)
    switch key {
    case NFT_CT_STATE.rawValue:
      // NF_CT_STATE_BIT(IP_CT_NEW) (<linux/netfilter/nf_conntrack_common.h>).
      let new: [UInt8?] = KernelBytes.bytes(of: UInt32(8))
      return (
        packet.isTracked ? new : value,
        .init(name: Array("ct state".utf8), kind: .state, length: 4)
      )
    case NFT_CT_MARK.rawValue:
      return (value, .init(name: Array("ct mark".utf8), kind: .number, length: 4))
    case NFT_CT_STATUS.rawValue:
      return (value, .init(name: Array("ct status".utf8), kind: .bytes, length: 4))
    default:
      let name = key.map { "ct key \($0)" } ?? "ct ?"
      return (value, .init(name: Array(name.utf8), kind: .bytes, length: 16))
    }
  }
}
