extension Decoder {
  /// IEEE 802.11 data frames; all others, and encrypted ones, hold no port that can be read.
  mutating func ieee80211(
    _ extent: Extent, _ context: inout Context, padded: Bool
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(2, .link)
    let control = rest.uint8(0)
    let flags = rest.uint8(1)
    // Version 0, type data, a subtype with data (bit 6 clear), not protected.
    guard control & 0x0f == 0x08, control & 0x40 == 0, flags & 0x40 == 0 else { return .other }
    let hasQuality = control & 0x80 != 0
    var size = 24
    if flags & 0x03 == 0x03 { size += 6 }
    let quality = size
    if hasQuality { size += 2 }
    if hasQuality, flags & 0x80 != 0 { size += 4 }
    if padded { size = (size + 3) & ~3 }
    try rest.require(size, .link)
    // Fragments of a frame, and several frames in one, are not taken apart.
    let isFragment = flags & 0x04 != 0 || rest.uint8(22) & 0x0f != 0
    let isAggregate = hasQuality && rest.uint8(quality) & 0x80 != 0
    guard !isFragment, !isAggregate else { return .other }
    if !context.isInside {
      switch flags & 0x03 {
      case 0: (context.link.destination, context.link.source) = (rest.uint48(4), rest.uint48(10))
      case 1: (context.link.destination, context.link.source) = (rest.uint48(16), rest.uint48(10))
      case 2: (context.link.destination, context.link.source) = (rest.uint48(4), rest.uint48(16))
      default: (context.link.destination, context.link.source) = (rest.uint48(16), rest.uint48(24))
      }
    }
    rest.advance(size)
    return try logicalLink(rest, &context)
  }

  /// The radiotap header (radiotap.org): little-endian, of which only the length and the padding flag matter.
  mutating func radiotap(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(8, .link)
    guard rest.uint8(0) == 0 else { throw Malformed(.link, .version) }
    let size = Int(rest.uint16(2).byteSwapped)
    guard size >= 8 else { throw Malformed(.link, .headerLength, needed: 8, had: size) }
    try rest.require(size, .link)
    let present = rest.uint32(4).byteSwapped
    var fields = 8
    var word = present
    // Bit 31: another word of field bits follows.
    while word & 0x8000_0000 != 0, fields + 4 <= size {
      word = rest.uint32(fields).byteSwapped
      fields += 4
    }
    var padded = false
    if present & 0x02 != 0 {
      // The eight-byte timer of bit 0 comes first, at a multiple of eight.
      if present & 0x01 != 0 { fields = ((fields + 7) & ~7) + 8 }
      padded = fields < size && rest.uint8(fields) & 0x20 != 0
    }
    rest.advance(size)
    return try ieee80211(rest, &context, padded: padded)
  }

  /// The per-packet information header: little-endian, its own length and the link type behind it.
  mutating func perPacketInformation(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(8, .link)
    guard rest.uint8(0) == 0 else { throw Malformed(.link, .version) }
    let size = Int(rest.uint16(2).byteSwapped)
    guard size >= 8 else { throw Malformed(.link, .headerLength, needed: 8, had: size) }
    try rest.require(size, .link)
    let number = Int32(bitPattern: rest.uint32(4).byteSwapped)
    guard let link = LinkType(number: number), link != .perPacketInformation else {
      throw Malformed(.link, .linkType)
    }
    rest.advance(size)
    return try decode(link: link, rest, &context)
  }
}
