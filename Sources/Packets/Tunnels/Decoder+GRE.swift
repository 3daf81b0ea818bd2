extension Decoder {
  /// Generic routing encapsulation: RFC 2784 with RFC 2890's key and sequence number, and PPTP's version 1 (RFC 2637).
  mutating func gre(_ extent: Extent, _ context: inout Context) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(4, .gre)
    let flags = rest.uint16(0)
    let type = rest.uint16(2)
    let version = flags & 0x07
    guard version <= 1 else { throw Malformed(.gre, .version) }
    // Source routes (RFC 1701) were never used and are refused by RFC 2784.
    guard flags & 0x4000 == 0 else { throw Malformed(.gre, .unknown) }
    let hasSequence = flags & 0x1000 != 0
    var size = 4
    if flags & 0x8000 != 0 { size += 4 }
    if flags & 0x2000 != 0 { size += 4 }
    if hasSequence { size += 4 }
    if version == 1, flags & 0x0080 != 0 { size += 4 }
    try rest.require(size, .gre)
    try context.enter(.gre, .gre)
    context.isInside = true
    rest.advance(size)
    switch type {
    case Self.erspan: return try erspan(rest, &context, hasHeader: hasSequence)
    case Self.erspan3: return try erspan3(rest, &context)
    // PPTP acknowledges with packets that carry nothing.
    case EtherType.ppp where version == 1 && !hasSequence: return .other
    case EtherType.minimum...: return try etherType(type, rest, &context)
    default: return .other
    }
  }

  /// ERSPAN types I and II (draft-foschiano-erspan).
  private static let erspan: UInt16 = 0x88be
  /// ERSPAN type III.
  private static let erspan3: UInt16 = 0x22eb

  /// A mirrored frame, behind eight bytes in type II; type I has no header and no sequence number.
  private mutating func erspan(
    _ extent: Extent, _ context: inout Context, hasHeader: Bool
  ) throws(Malformed) -> Decoded {
    var rest = extent
    guard hasHeader else {
      try context.enter(.erspan(session: 0), .gre)
      return try ethernet(rest, &context)
    }
    try rest.require(8, .gre)
    try context.enter(.erspan(session: rest.uint16(2) & 0x3ff), .gre)
    rest.advance(8)
    return try ethernet(rest, &context)
  }

  /// Type III: twelve bytes, and eight more when the last bit says so. Only Ethernet frames are read.
  private mutating func erspan3(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(12, .gre)
    let last = rest.uint16(10)
    guard last >> 10 & 0x1f == 0 else { return .other }
    let size = last & 1 != 0 ? 20 : 12
    try rest.require(size, .gre)
    try context.enter(.erspan(session: rest.uint16(2) & 0x3ff), .gre)
    rest.advance(size)
    return try ethernet(rest, &context)
  }
}
