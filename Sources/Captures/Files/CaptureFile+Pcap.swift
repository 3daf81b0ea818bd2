extension CaptureFile {
  /// Walks the records of a pcap file that begin before `end`.
  mutating func readPcap(
    most count: Int, before end: UInt64, _ layout: PcapLayout, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    let last = frameCount.addingReportingOverflow(count)
    let stop = last.overflow ? Int.max : last.partialValue
    try finishPassing()
    while frameCount < stop, input.offset < end {
      guard try input.require(layout.headerLength) else { return try finish() }
      let record = PcapRecord(at: input, 0, layout)
      guard record.captured <= layout.mostCaptured else {
        throw error(.damaged(.recordLength(UInt32(record.captured))))
      }
      // What was given room and never written, or lost, is zeros; no frame has the length 0 at the time 0.
      guard record.captured > 0 || record.length > 0 || record.nanoseconds != 0 else {
        throw error(.damaged(.zeros))
      }
      // A record longer than the file's own limit is cut there, as libpcap cuts it; the rest is
      // passed over.
      let kept = min(record.captured, layout.snapshotLength, Self.longestBlock)
      guard try input.require(layout.headerLength + kept) else { throw error(.truncated) }
      let begin = input.offset
      frameCount += 1
      if frameCount == 1 {
        first = LastFrame(nanoseconds: record.nanoseconds, linkType: layout.linkType)
      }
      let goesOn = body(
        Frame(
          bytes: input.unread.extracting(layout.headerLength..<layout.headerLength + kept),
          length: record.length, nanoseconds: record.nanoseconds, number: frameCount,
          linkType: layout.linkType))
      input.skip(layout.headerLength + kept)
      if record.captured > kept {
        passing = PassedBytes(count: record.captured - kept, begin: begin, length: nil)
        try finishPassing()
      }
      if !goesOn { return }
    }
  }
}

/// The header of a pcap record.
struct PcapRecord {
  let nanoseconds: Int64
  let captured: Int
  let length: Int

  /// The header that lies ready at `position` of `input`.
  @inline(__always) init(
    at input: borrowing BufferedInput, _ position: Int, _ layout: PcapLayout
  ) {
    let swapped = layout.isSwapped
    let seconds = Int64(Self.number(input, position, swapped))
    let fraction = Int64(Self.number(input, position + 4, swapped))
    // 2^32 seconds and 2^32 microseconds are far from the end of 64 bits.
    nanoseconds = seconds * 1_000_000_000 + (layout.isNanosecond ? fraction : fraction * 1000)
    let first = Int(Self.number(input, position + 8, swapped))
    let second = Int(Self.number(input, position + 12, swapped))
    switch layout.lengthOrder {
    case .capturedFirst: (captured, length) = (first, second)
    case .wireFirst: (captured, length) = (second, first)
    case .smallerIsCaptured: (captured, length) = (min(first, second), max(first, second))
    }
  }

  @inline(__always) private static func number(
    _ input: borrowing BufferedInput, _ position: Int, _ swapped: Bool
  ) -> UInt32 {
    let value = input.uint32(at: position)
    return swapped ? value.byteSwapped : value
  }
}
