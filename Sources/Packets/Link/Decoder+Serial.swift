extension Decoder {
  /// PPP (RFC 1661, RFC 1662), with or without address and control, with or without a compressed protocol field.
  mutating func ppp(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(2, .ppp)
    let start = rest.uint16(0)
    // pppd's direction; elsewhere addresses and tunnels tell the links apart.
    let direction = start & 0xfeff == 0x0003 ? rest.uint8(0) : 0xff
    switch start {
    // The second pair is pppd's on Linux: a direction in the place of the address.
    case 0xff03, 0x0003, 0x0103: rest.advance(2)
    case 0x0f00, 0x8f00: return try ciscoHDLC(extent, &context)
    default: break
    }
    try rest.require(1, .ppp)
    var number = UInt16(rest.uint8(0))
    // RFC 1661 section 6.5: an odd first byte is the whole, compressed field.
    if number & 1 == 1 {
      rest.advance(1)
    } else {
      try rest.require(2, .ppp)
      number = rest.uint16(0)
      rest.advance(2)
    }
    switch number {
    case 0x0021: return try ipv4(rest, &context)
    case 0x0057: return try ipv6(rest, &context)
    case 0x002d: return try compressedTCP(rest, direction, &context)
    case 0x002f: return try uncompressedTCP(rest, direction, &context)
    case 0x0281, 0x0283: return try mpls(rest, &context)
    default: return .other
    }
  }

  /// A PPPoE session (RFC 2516 section 4) and the PPP inside.
  mutating func pppoe(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(6, .pppoe)
    guard rest.uint8(0) == 0x11 else { throw Malformed(.pppoe, .version) }
    guard rest.uint8(1) == 0 else { return .other }
    let length = Int(rest.uint16(4))
    try context.enter(.pppoe(session: rest.uint16(2)), .pppoe)
    rest.advance(6)
    guard length <= rest.length || !context.isGuess else {
      throw Malformed(.pppoe, .length, needed: length, had: rest.length)
    }
    // Ethernet pads short frames; a length that promises too much is left to the IP header to settle.
    if length < rest.length { rest.restrict(to: length) }
    return try ppp(rest, &context)
  }

  /// Cisco HDLC: address, control, EtherType.
  mutating func ciscoHDLC(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(4, .link)
    let type = rest.uint16(2)
    rest.advance(4)
    guard type >= EtherType.minimum else { return .other }
    return try etherType(type, rest, &context)
  }

  /// Frame Relay (RFC 2427), or Cisco's framing with an EtherType behind the address.
  mutating func frameRelay(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    // Q.922: two to four bytes of address; the last one is odd.
    var size = 0
    repeat {
      try rest.require(size + 1, .link)
      size += 1
    } while rest.uint8(size - 1) & 1 == 0 && size < 4
    guard size >= 2 else { return .other }
    rest.advance(size)
    try rest.require(2, .link)
    guard rest.uint8(0) == 0x03 else {
      let type = rest.uint16(0)
      guard type >= EtherType.minimum else { return .other }
      rest.advance(2)
      return try etherType(type, rest, &context)
    }
    rest.advance(1)
    if rest.uint8(0) == 0 { rest.advance(1) }
    try rest.require(1, .link)
    let identifier = rest.uint8(0)
    rest.advance(1)
    switch identifier {
    case 0xcc: return try ipv4(rest, &context)
    case 0x8e: return try ipv6(rest, &context)
    case 0x80:
      try rest.require(5, .link)
      let organization = rest.uint32(0) >> 8
      let type = rest.uint16(3)
      rest.advance(5)
      switch (organization, type) {
      case (0, EtherType.minimum...): return try etherType(type, rest, &context)
      // RFC 2427 section 4.2: bridged Ethernet, with and without its check sequence.
      case (0x80c2, 1), (0x80c2, 7): return try ethernet(rest, &context)
      default: return .other
      }
    default: return .other
    }
  }
}
