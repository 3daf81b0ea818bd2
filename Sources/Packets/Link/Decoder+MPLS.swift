extension Decoder {
  /// An MPLS label stack (RFC 3032) and what is behind it.
  ///
  /// No field says what that is. The first four bits of IP are its version; what is not sound IP may be an Ethernet
  /// pseudowire, with the control word of RFC 4385 (first four bits zero) or without.
  mutating func mpls(
    _ extent: Extent, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    var isLast = false
    while !isLast {
      try rest.require(4, .mpls)
      let entry = rest.uint32(0)
      try context.enter(.mpls(entry >> 12), .mpls)
      isLast = entry & 0x100 != 0
      rest.advance(4)
    }
    try rest.require(1, .mpls)
    context.isInside = true
    switch rest.uint8(0) >> 4 {
    case 4: return try labelled(rest, &context, version: 4)
    case 6: return try labelled(rest, &context, version: 6)
    case 0:
      var frame = rest
      frame.advance(4)
      return pseudowire(frame, context) ?? pseudowire(rest, context) ?? .other
    default: return pseudowire(rest, context) ?? .other
    }
  }

  /// IP by its version, unless only an Ethernet frame makes sense (a hardware address may begin with 4 or 6).
  private mutating func labelled(
    _ extent: Extent, _ context: inout Context, version: UInt8
  ) throws(Malformed) -> Decoded {
    let saved = context
    do throws(Malformed) {
      return version == 4 ? try ipv4(extent, &context) : try ipv6(extent, &context)
    } catch {
      context = saved
      if let decoded = pseudowire(extent, context) { return decoded }
      throw error
    }
  }

  private mutating func pseudowire(_ extent: Extent, _ context: Context) -> Decoded? {
    guard guesses > 0 else { return nil }
    guesses -= 1
    var attempt = context
    attempt.isGuess = true
    do throws(Malformed) {
      try attempt.enter(nil, .mpls)
      let decoded = try ethernet(extent, &attempt)
      if case .other = decoded { return nil }
      return decoded
    } catch {
      return nil
    }
  }
}
