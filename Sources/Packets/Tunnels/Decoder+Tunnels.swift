extension Decoder {
  /// What is inside a UDP tunnel, when it is sound and touches the port, or is a fragment of something that may.
  mutating func inside(
    _ tunnel: Tunnel, _ extent: Extent, _ header: borrowing InternetHeader, _ context: Context
  ) -> Decoded? {
    guard guesses > 0 else { return nil }
    guesses -= 1
    var attempt = context
    attempt.isGuess = true
    attempt.isInside = true
    attempt.note(outer: header)
    do throws(Malformed) {
      let decoded =
        switch tunnel {
        case .vxlan: try vxlan(extent, &attempt)
        case .geneve: try geneve(extent, &attempt)
        case .gtp: try gtp(extent, &attempt)
        case .teredo: try teredo(extent, &attempt)
        case .l2tp: try l2tp(extent, &attempt)
        }
      if case .heldFragment = decoded { return decoded }
      return decoded.touches(port) ? decoded : nil
    } catch {
      return nil
    }
  }

  /// VXLAN (RFC 7348 section 5): the flag of a valid identifier, the identifier, an Ethernet frame.
  private mutating func vxlan(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(8, .udp)
    guard rest.uint8(0) & 0x08 != 0 else { return .other }
    try context.enter(.vxlan(rest.uint32(4) >> 8), .udp)
    rest.advance(8)
    return try ethernet(rest, &context)
  }

  /// GENEVE (RFC 8926 section 3.4): version 0, options, an EtherType.
  private mutating func geneve(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(8, .udp)
    let first = rest.uint8(0)
    guard first >> 6 == 0 else { throw Malformed(.udp, .version) }
    let size = 8 + Int(first & 0x3f) * 4
    let type = rest.uint16(2)
    try rest.require(size, .udp)
    guard type >= EtherType.minimum else { return .other }
    try context.enter(.geneve(rest.uint32(4) >> 8), .udp)
    rest.advance(size)
    return try etherType(type, rest, &context)
  }

  /// GTP-U (3GPP TS 29.281 section 5): version 1, a G-PDU, optional fields and extension headers, then IP.
  private mutating func gtp(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(8, .udp)
    let flags = rest.uint8(0)
    guard flags & 0xf0 == 0x30 else { throw Malformed(.udp, .version) }
    guard rest.uint8(1) == 0xff else { return .other }
    let length = Int(rest.uint16(2))
    try context.enter(.gtp(tunnel: rest.uint32(4)), .udp)
    rest.advance(8)
    guard length <= rest.length else {
      throw Malformed(.udp, .length, needed: length, had: rest.length)
    }
    // As with IP, a length of zero is segmentation offload's.
    if length > 0 { rest.restrict(to: length) }
    if flags & 0x07 != 0 {
      try rest.require(4, .udp)
      var next = flags & 0x04 != 0 ? rest.uint8(3) : 0
      rest.advance(4)
      while next != 0 {
        try rest.require(4, .udp)
        let size = Int(rest.uint8(0)) * 4
        guard size >= 4 else { throw Malformed(.udp, .headerLength, needed: 4, had: size) }
        try rest.require(size, .udp)
        next = rest.uint8(size - 1)
        rest.advance(size)
      }
    }
    return try ip(rest, &context)
  }

  /// Teredo (RFC 4380 section 5.1.1): authentication and origin indications, then IPv6.
  private mutating func teredo(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try context.enter(.teredo, .udp)
    try rest.require(2, .udp)
    if rest.uint16(0) == 1 {
      try rest.require(4, .udp)
      let size = 13 + Int(rest.uint8(2)) + Int(rest.uint8(3))
      try rest.require(size + 2, .udp)
      rest.advance(size)
    }
    if rest.uint16(0) == 0 {
      try rest.require(8, .udp)
      rest.advance(8)
    }
    return try ipv6(rest, &context)
  }

  /// L2TP version 2 (RFC 2661 section 3.1): data messages, then PPP.
  private mutating func l2tp(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(6, .udp)
    let flags = rest.uint16(0)
    guard flags & 0x0f == 2 else { throw Malformed(.udp, .version) }
    guard flags & 0x8000 == 0 else { return .other }
    var size = 2
    if flags & 0x4000 != 0 { size += 2 }
    try rest.require(size + 4, .udp)
    let length = flags & 0x4000 != 0 ? Int(rest.uint16(2)) : rest.length
    guard length <= rest.length, length >= size + 4 else {
      throw Malformed(.udp, .length, needed: length, had: rest.length)
    }
    try context.enter(.l2tp(tunnel: rest.uint16(size), session: rest.uint16(size + 2)), .udp)
    rest.restrict(to: length)
    size += 4
    if flags & 0x0800 != 0 { size += 4 }
    if flags & 0x0200 != 0 {
      try rest.require(size + 2, .udp)
      size += 2 + Int(rest.uint16(size))
    }
    try rest.require(size, .udp)
    rest.advance(size)
    return try ppp(rest, &context)
  }
}
