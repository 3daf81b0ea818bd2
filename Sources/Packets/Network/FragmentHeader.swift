/// Where a fragment belongs.
struct FragmentPlace: Sendable {
  /// Its first byte in the datagram's fragmentable part: a multiple of eight.
  let offset: Int
  /// Whether fragments with higher offsets follow.
  let moreFollow: Bool
  /// Bytes of the headers in front of the fragmentable part.
  var headerLength: Int

  /// Whether the fragment is the whole datagram.
  var isWhole: Bool { offset == 0 && !moreFollow }
}

/// IPv6's fragment header (RFC 8200 section 4.5).
struct FragmentHeader {
  /// The header behind it.
  let next: UInt8
  /// Where the fragment belongs.
  let place: FragmentPlace
  /// Which datagram it belongs to.
  let identification: UInt32

  /// Reads and passes the eight bytes.
  init(_ extent: inout Extent) throws(Malformed) {
    try extent.require(8, .fragment)
    next = extent.uint8(0)
    let field = extent.uint16(2)
    place = FragmentPlace(
      offset: Int(field & 0xfff8), moreFollow: field & 1 != 0, headerLength: 0)
    identification = extent.uint32(4)
    extent.advance(8)
  }
}
