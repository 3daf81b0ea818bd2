extension Decoder {
  /// Reads a frame that begins as `link` says.
  mutating func decode(
    link: LinkType, _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    switch link {
    case .ethernet: return try ethernet(extent, &context)
    case .linuxCooked: return try linuxCooked(extent, &context)
    case .linuxCooked2: return try linuxCooked2(extent, &context)
    case .null, .loop: return try loopback(extent, &context)
    case .raw: return try ip(extent, &context)
    case .ipv4: return try ipv4(extent, &context)
    case .ipv6: return try ipv6(extent, &context)
    case .ppp: return try ppp(extent, &context)
    case .pppoe: return try pppoe(extent, &context)
    case .ciscoHDLC: return try ciscoHDLC(extent, &context)
    case .frameRelay: return try frameRelay(extent, &context)
    case .ieee80211: return try ieee80211(extent, &context, padded: false)
    case .radiotap: return try radiotap(extent, &context)
    case .perPacketInformation: return try perPacketInformation(extent, &context)
    case .netfilterLog: return try netfilterLog(extent, &context)
    case .slip:
      // BSD's 16 bytes: a direction and the compressed header; the datagram follows uncompressed.
      var rest = extent
      try rest.require(16, .link)
      rest.advance(16)
      return try ip(rest, &context)
    }
  }

  /// Ethernet II or IEEE 802.3.
  @inline(__always) mutating func ethernet(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    let header = try EthernetHeader(&rest)
    if !context.isInside {
      context.link.source = header.source
      context.link.destination = header.destination
    }
    return try etherType(header.type, rest, &context)
  }

  /// What an EtherType says comes next; a value below 0x600 is the length of an IEEE 802.3 frame.
  ///
  /// That length is not believed: IP has its own, and senders are known that get this one wrong.
  mutating func etherType(
    _ type: UInt16, _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var type = type
    var rest = extent
    while EtherType.isTag(type) {
      try rest.require(4, .vlan)
      try context.enter(.vlan(rest.uint16(0) & 0xfff), .vlan)
      type = rest.uint16(2)
      rest.advance(4)
    }
    guard type >= EtherType.minimum else { return try logicalLink(rest, &context) }
    if !context.isInside { context.link.etherType = type }
    switch type {
    case EtherType.ipv4: return try ipv4(rest, &context)
    case EtherType.ipv6: return try ipv6(rest, &context)
    case EtherType.mpls, EtherType.mplsMulticast: return try mpls(rest, &context)
    case EtherType.pppoeSession: return try pppoe(rest, &context)
    case EtherType.ppp:
      try context.enter(.ppp, .ppp)
      context.isInside = true
      return try ppp(rest, &context)
    case EtherType.bridging:
      try context.enter(nil, .link)
      context.isInside = true
      return try ethernet(rest, &context)
    default: return .other
    }
  }

  /// IEEE 802.2 LLC, with or without SNAP (RFC 1042).
  mutating func logicalLink(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(3, .link)
    let points = rest.uint16(0)
    guard rest.uint8(2) == 0x03 else { return .other }
    switch points {
    case 0xaaaa:
      try rest.require(8, .link)
      let organization = rest.uint32(2) & 0xff_ffff
      let type = rest.uint16(6)
      rest.advance(8)
      // RFC 1042's zero, and the bridge-tunnel code of IEEE 802.1H.
      guard organization == 0 || organization == 0xf8, type >= EtherType.minimum else {
        return .other
      }
      try context.enter(nil, .link)
      return try etherType(type, rest, &context)
    case 0x0606:
      rest.advance(3)
      return try ipv4(rest, &context)
    default: return .other
    }
  }

  /// Linux cooked capture, version 1: 16 bytes (LINKTYPE_LINUX_SLL).
  mutating func linuxCooked(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(16, .link)
    context.link.packetType = rest.uint16(0)
    if rest.uint16(4) == 6 { context.link.source = rest.uint48(6) }
    let type = rest.uint16(14)
    rest.advance(16)
    return try cooked(type, rest, &context)
  }

  /// Linux cooked capture, version 2: 20 bytes (LINKTYPE_LINUX_SLL2).
  mutating func linuxCooked2(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(20, .link)
    let type = rest.uint16(0)
    context.link.interface = rest.uint32(4)
    context.link.packetType = UInt16(rest.uint8(10))
    if rest.uint8(11) == 6 { context.link.source = rest.uint48(12) }
    rest.advance(20)
    return try cooked(type, rest, &context)
  }

  /// Below 0x600 Linux writes its own numbers, of which only 4 (LLC) leads to IP.
  private mutating func cooked(
    _ type: UInt16, _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    guard type >= EtherType.minimum || type == 4 else { return .other }
    return try etherType(type, extent, &context)
  }

  /// BSD loopback: a four-byte address family in either byte order. Families are small numbers, so the order shows.
  mutating func loopback(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(4, .link)
    let value = rest.uint32(0)
    let family = value > 0xffff ? value.byteSwapped : value
    rest.advance(4)
    switch family {
    case 2: return try ipv4(rest, &context)
    // AF_INET6 of Linux, Windows, OpenBSD and NetBSD, FreeBSD, macOS.
    case 10, 23, 24, 28, 30: return try ipv6(rest, &context)
    default: return .other
    }
  }
}
