extension Decoder {
  /// Keeps a fragment; when it is the last one missing, reads the datagram.
  ///
  /// RFC 791 lets a later fragment win where two overlap; here the first one stays, and different bytes are an error,
  /// for an honest sender never sends them. RFC 5722 drops an IPv6 datagram whose fragments overlap.
  mutating func fragment(
    _ extent: Extent, _ header: InternetHeader, _ place: FragmentPlace, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var length = extent.length
    if place.moreFollow, length % 8 != 0 {
      // Only the last fragment may have any length. For IPv4, hosts use the whole units; RFC 8200 section 4.5 refuses.
      guard header.facts.family == .ipv4 else {
        throw Malformed(.fragment, .length, needed: (length + 7) & ~7, had: length)
      }
      length &= ~7
    }
    guard length > 0 else { throw Malformed(.fragment, .length, needed: 8, had: extent.length) }
    guard place.offset + length <= FragmentStore.largestDatagram else {
      throw Malformed(
        .fragment, .fragments, needed: place.offset + length, had: FragmentStore.largestDatagram)
    }
    let key = FragmentKey(
      source: header.source, destination: header.destination,
      // RFC 8200 section 4.5: IPv6 knows fragments by addresses and identification alone.
      number: header.facts.family == .ipv4 ? header.next : 0,
      identification: header.facts.identification ?? 0, path: context.path)
    let first =
      place.offset == 0
      ? FirstFragment(header: header, headerLength: place.headerLength, context: context) : nil
    let outcome = fragments.add(
      extent, length: length, place, of: key, first: first, at: context.time, frame: context.frame)
    switch outcome {
    case .held: return .heldFragment
    case .conflict: throw Malformed(.fragment, .fragments)
    case .complete(let datagram): return try reassembled(datagram)
    }
  }

  /// Reads a complete datagram.
  private mutating func reassembled(
    _ datagram: FragmentedDatagram
  ) throws(Malformed) -> Decoded {
    guard let first = datagram.first, let total = datagram.total else { return .other }
    let bytes = datagram.leadingBytes
    var context = first.context
    let header = first.header.reassembled(length: first.headerLength + total)
    let decoded = try transport(Extent(bytes.span, length: total), header, &context)
    guard case .packet(let packet) = decoded else { return decoded }
    return .reassembled(packet, bytes, frames: datagram.frames)
  }
}
