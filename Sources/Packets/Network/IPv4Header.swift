/// An IPv4 header (RFC 791 section 3.1).
struct IPv4Header {
  /// Addresses and the facts that travel on.
  let header: InternetHeader
  /// Header bytes, options included: 20...60.
  let size: Int
  /// Place of a fragment in its datagram, in bytes: a multiple of eight.
  let fragmentOffset: Int
  /// Whether fragments with higher offsets follow.
  let moreFragments: Bool

  /// Whether the datagram is a part of another.
  var isFragment: Bool { moreFragments || fragmentOffset != 0 }

  /// Reads and passes the header and ends the extent where the datagram ends: behind that is Ethernet's padding.
  ///
  /// A total length of zero is segmentation offload's: the datagram is as long as the frame.
  init(_ extent: inout Extent, isGuess: Bool) throws(Malformed) {
    try extent.require(20, .ipv4)
    let first = extent.uint8(0)
    guard first >> 4 == 4 else { throw Malformed(.ipv4, .version) }
    size = Int(first & 0x0f) * 4
    guard size >= 20 else { throw Malformed(.ipv4, .headerLength, needed: 20, had: size) }
    let field = Int(extent.uint16(2))
    let total = field == 0 ? extent.length : field
    guard total >= size else { throw Malformed(.ipv4, .length, needed: size, had: total) }
    guard total <= extent.length || !isGuess else {
      throw Malformed(.ipv4, .length, needed: total, had: extent.length)
    }
    extent.restrict(to: total)
    try extent.require(size, .ipv4)
    let flags = extent.uint16(6)
    moreFragments = flags & 0x2000 != 0
    fragmentOffset = Int(flags & 0x1fff) * 8
    header = InternetHeader(
      source: IPAddress(v4: extent.uint32(12)), destination: IPAddress(v4: extent.uint32(16)),
      facts: IPHeader(
        family: .ipv4, hopLimit: extent.uint8(8), trafficClass: extent.uint8(1),
        identification: UInt32(extent.uint16(4)), dontFragment: flags & 0x4000 != 0,
        totalLength: total),
      next: extent.uint8(9))
    extent.advance(size)
  }
}
