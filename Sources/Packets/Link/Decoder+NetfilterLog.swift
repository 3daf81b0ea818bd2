extension Decoder {
  /// Linux's netfilter log (LINKTYPE_NFLOG): family, version, resource, then attributes of a length, a type and a value,
  /// padded to four bytes; one of them is the packet.
  ///
  /// Attributes are in the byte order of the capturing host, which nothing tells: but types are small numbers, so that
  /// the byte that is not zero shows it.
  mutating func netfilterLog(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(4, .link)
    let family = rest.uint8(0)
    guard rest.uint8(1) == 0 else { throw Malformed(.link, .version) }
    rest.advance(4)
    while rest.length >= 4 {
      try rest.require(4, .link)
      // The highest bit of a type marks a nested attribute.
      let isLittle = rest.uint8(2) != 0 && rest.uint8(3) & 0x7f == 0
      let size = Int(isLittle ? rest.uint16(0).byteSwapped : rest.uint16(0))
      let type = (isLittle ? rest.uint16(2).byteSwapped : rest.uint16(2)) & 0x7fff
      guard size >= 4, size <= rest.length else {
        throw Malformed(.link, .length, needed: size, had: rest.length)
      }
      if type == 9 {
        rest.restrict(to: size)
        rest.advance(4)
        switch family {
        case 2: return try ipv4(rest, &context)
        case 10: return try ipv6(rest, &context)
        default: return .other
        }
      }
      rest.advance((size + 3) & ~3)
    }
    return .other
  }
}
