extension TCPOptions {
  /// Reads the options between two places of a header (RFC 9293 section 3.1). Options that end in the middle of one are
  /// `malformed`, except where the capture cut them.
  init(_ extent: Extent, from start: Int, to end: Int) {
    self.init()
    let captured = min(end, extent.captured)
    let isCut = captured < end
    var place = start
    var shown = 0
    while place < captured {
      let kind = extent.uint8(place)
      if shown < 8 {
        kinds |= UInt64(kind) << UInt64(8 * shown)
        shown += 1
      }
      // Kind 0 ends the list; what follows is padding.
      if kind == 0 { return }
      if kind == 1 {
        place += 1
        continue
      }
      count += 1
      guard place + 1 < captured else {
        malformed = !isCut
        return
      }
      let length = Int(extent.uint8(place + 1))
      guard length >= 2, place + length <= end else {
        malformed = true
        return
      }
      guard place + length <= captured else { return }
      note(kind, length, extent, place + 2)
      place += length
    }
  }

  /// Notes one option whose bytes are all there; known kinds with another length than theirs are malformed.
  private mutating func note(_ kind: UInt8, _ length: Int, _ extent: Extent, _ place: Int) {
    switch (kind, length) {
    case (2, 4): maximumSegmentSize = extent.uint16(place)
    case (3, 3): windowScale = extent.uint8(place)
    case (4, 2): selectiveAcknowledgementPermitted = true
    case (8, 10):
      timestamps = Timestamps(value: extent.uint32(place), echo: extent.uint32(place + 4))
    case (2, _), (3, _), (4, _), (8, _): malformed = true
    case (34, _): fastOpen = true
    case (30, _): multipath = true
    default: break
    }
  }
}
