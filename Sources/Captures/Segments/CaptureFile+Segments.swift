import Glibc

extension CaptureFile {
  /// So many records have to follow one another for the first to be taken for one.
  private static let chain = 32
  /// So many are enough where the bytes at hand end.
  private static let shortestChain = 4
  /// Two records beside each other lie no further apart than a day, when one is looked for.
  static let mostSeconds: UInt32 = 86_400
  /// No frame was longer on the wire, when one is looked for.
  private static let longestFrame = 16 * 1024 * 1024

  /// Takes over what was walked elsewhere of a segment that begins here.
  ///
  /// `body` returns whether to go on, as for ``read(most:before:sifting:_:)``.
  ///
  /// - Throws: `CaptureError` when the file can't be read any more.
  mutating func take(
    _ segment: WalkedSegment, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    if frameCount == 0 { first = segment.first }
    let register = pcap == nil ? section.register : nil
    if let (number, frame) = segment.forEach(after: frameCount, register, body) {
      (frameCount, last) = (number, frame)
    } else {
      frameCount += segment.frameCount
      if segment.frameCount > 0 { last = segment.last }
    }
    guard input.advance(to: segment.end) else {
      hasEnded = true
      throw CaptureError(source: name, code: errno)
    }
  }

  /// Passes the rest of what may be a record, up to where one seems to begin; false when none does among the bytes that
  /// one read brings.
  ///
  /// That is a guess, good enough to be worth a try: the segment before tells whether it was right.
  mutating func findRecord() -> Bool {
    guard (try? input.require(BufferedInput.chunk)) != nil else { return false }
    // Blocks of pcapng begin at multiples of four.
    let step = pcap == nil ? 4 : 1
    var place = pcap == nil ? Int(truncatingIfNeeded: (4 - input.offset % 4) % 4) : 0
    while place < input.available {
      if beginsChain(place) {
        input.skip(place)
        return true
      }
      place += step
    }
    return false
  }

  /// Whether records follow one another from `place` on.
  private func beginsChain(_ place: Int) -> Bool {
    var place = place
    var seconds: UInt32?
    for count in 0..<Self.chain {
      let next: Int?
      if let layout = pcap {
        next = endOfRecord(place, layout, &seconds)
      } else {
        next = endOfBlock(place)
      }
      guard let next else {
        // The bytes at hand end, with the last record or inside of the next.
        let shortest = pcap?.headerLength ?? PcapngBlock.other.shortest
        return place == input.available && count > 0
          || place > input.available - shortest && count >= Self.shortestChain
      }
      place = next
    }
    return true
  }

  /// Where the record at `place` of a pcap file ends, if it can be one that lies no more than `most` seconds from the
  /// `last`. One that is sought behind damage may be longer than the file's snapshot length, as such are read.
  func endOfRecord(
    _ place: Int, _ layout: PcapLayout, _ last: inout UInt32?, most: UInt32 = Self.mostSeconds,
    isSought: Bool = false
  ) -> Int? {
    guard place <= input.available - layout.headerLength else { return nil }
    let isSwapped = layout.isSwapped
    func number(_ offset: Int) -> UInt32 {
      let value = input.uint32(at: place + offset)
      return isSwapped ? value.byteSwapped : value
    }
    let seconds = number(0)
    let record = PcapRecord(at: input, place, layout)
    guard number(4) < (layout.isNanosecond ? 1_000_000_000 : 1_000_000),
      isSought || record.captured <= layout.snapshotLength,
      record.captured <= layout.mostCaptured,
      record.length >= record.captured, record.length > 0, record.length <= Self.longestFrame
    else { return nil }
    if let last, max(last, seconds) - min(last, seconds) > most { return nil }
    last = seconds
    return place + layout.headerLength + record.captured
  }

  /// Where the block at `place` of a pcapng file ends, if it can be one.
  private func endOfBlock(_ place: Int) -> Int? {
    guard place <= input.available - 12 else { return nil }
    let length = Int(number(input.uint32(at: place + 4)))
    let kind = PcapngBlock(type: number(input.uint32(at: place)))
    guard length >= kind.shortest, length % 4 == 0, length <= Self.longestBlock else { return nil }
    // The length stands at the end once more, when that lies ready.
    if place + length <= input.available,
      Int(number(input.uint32(at: place + length - 4))) != length
    {
      return nil
    }
    return place + length
  }
}
