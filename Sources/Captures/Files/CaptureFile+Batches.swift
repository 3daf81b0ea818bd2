extension CaptureFile {
  /// Most frames of one batch: their places stay in the nearest cache.
  static let mostOfBatch = 1_024

  /// As ``read(most:_:)``, but only frames that `sieve` picks are delivered, and only of records that begin before `end`.
  ///
  /// `sieve` is shown many frames at once and appends the indices of those to deliver, in rising order. A frame
  /// whose record is out of the ordinary is delivered without asking. What is read, in which order, and which
  /// errors are thrown, is the same as for ``read(most:_:)``; ``frameCount`` and ``last`` tell of the frame that was walked
  /// last.
  ///
  /// - Parameters:
  ///   - count: Frames that are walked at most.
  ///   - end: An offset from the start of the capture; the record that crosses it is still read.
  ///   - sieve: Picks the frames that are delivered.
  ///   - body: Is called with each of them; false ends the reading.
  /// - Returns: How many frames were walked, delivered or not.
  /// - Throws: `CaptureError` with the offset of the record that is damaged or cut.
  @discardableResult
  public mutating func read(
    most count: Int = .max, before end: UInt64 = .max, sifting sieve: FrameBatch.Sieve,
    _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Int {
    let before = frameCount
    var picked: [Int] = []
    let sum = frameCount.addingReportingOverflow(max(0, count))
    let stop = sum.overflow ? Int.max : sum.partialValue
    while !hasEnded, frameCount < stop, input.offset < end {
      let most = min(stop - frameCount, Self.mostOfBatch)
      let room = Int(clamping: end - input.offset)
      let bytes: Int
      if damage.begin != nil {
        // No record is known to begin here.
        places.removeAll(keepingCapacity: true)
        bytes = 0
      } else if let layout = pcap {
        bytes = gatherRecords(layout, most: most, before: room)
      } else {
        bytes = gatherBlocks(most: most, before: room)
      }
      guard let lastPlace = places.last else {
        var goesOn = true
        var lent = last
        let walked = try walk(most: 1, before: end) { frame in
          lent = LastFrame(nanoseconds: frame.nanoseconds, linkType: frame.linkType)
          goesOn = body(frame)
          return goesOn
        }
        last = lent
        if walked == 0 || !goesOn { break }
        continue
      }
      if frameCount == 0 { first = shown(places[0]) }
      picked.removeAll(keepingCapacity: true)
      show(sieve, &picked)
      let stopped = deliver(picked, body)
      guard let stopped else {
        last = shown(lastPlace)
        frameCount += places.count
        input.skip(bytes)
        continue
      }
      last = shown(places[stopped])
      frameCount += stopped + 1
      input.skip(self.end(of: places[stopped]))
      break
    }
    return frameCount - before
  }

  private func show(_ sieve: FrameBatch.Sieve, _ picked: inout [Int]) {
    sieve(
      FrameBatch(
        window: input.unread, places: places.span, common: pcap?.linkType,
        linkTypes: section.linkTypesOfInterfaces.span), &picked)
  }

  /// Hands out the picked frames; the index of the one after which no more are wanted.
  private func deliver(_ picked: [Int], _ body: (borrowing Frame) -> Bool) -> Int? {
    for index in picked where places.indices.contains(index) {
      let place = places[index]
      let number = frameCount + index + 1
      let goesOn: Bool
      if let layout = pcap {
        let start = Int(place.start)
        let record = PcapRecord(at: input, start - layout.headerLength, layout)
        goesOn = body(
          Frame(
            bytes: input.unread.extracting(start..<start + Int(place.captured)),
            length: record.length, nanoseconds: record.nanoseconds, number: number,
            linkType: layout.linkType))
      } else {
        goesOn = hand(block: Int(place.start) - PcapngPacket.enhancedHeader, number, to: body)
      }
      if !goesOn { return index }
    }
    return nil
  }

  /// What is remembered of a gathered frame.
  private func shown(_ place: FrameBatch.Place) -> LastFrame {
    if let layout = pcap {
      let record = PcapRecord(at: input, Int(place.start) - layout.headerLength, layout)
      return LastFrame(nanoseconds: record.nanoseconds, linkType: layout.linkType)
    }
    let block = Int(place.start) - PcapngPacket.enhancedHeader
    let units =
      UInt64(number(input.uint32(at: block + 12))) << 32
      | UInt64(number(input.uint32(at: block + 16)))
    let clock = section.clocks[Int(place.interface)]
    return LastFrame(nanoseconds: clock.unit.nanoseconds(units), linkType: clock.linkType)
  }

  /// Where the record of a gathered frame ends.
  private func end(of place: FrameBatch.Place) -> Int {
    guard pcap == nil else { return Int(place.start) + Int(place.captured) }
    let block = Int(place.start) - PcapngPacket.enhancedHeader
    return block + Int(number(input.uint32(at: block + 4)))
  }

  /// Gathers the records that begin among the next `room` bytes, lie whole in memory and are nothing but ordinary; returns
  /// how many bytes they are.
  private mutating func gatherRecords(
    _ layout: PcapLayout, most: Int, before room: Int
  ) -> Int {
    places.removeAll(keepingCapacity: true)
    let capturedAt: Int
    switch layout.lengthOrder {
    case .capturedFirst: capturedAt = 8
    case .wireFirst: capturedAt = 12
    case .smallerIsCaptured: return 0
    }
    let header = layout.headerLength
    let limit = min(layout.mostCaptured, layout.snapshotLength, Self.longestBlock)
    let isSwapped = layout.isSwapped
    let ready = input.available
    var position = 0
    while places.count < most, position < room, position + header <= ready {
      let number = input.uint32(at: position + capturedAt)
      let captured = Int(isSwapped ? number.byteSwapped : number)
      let next = position + header + captured
      guard captured <= limit, next <= ready, captured > 0 || !isBlank(position) else { break }
      places.append(
        FrameBatch.Place(
          start: UInt32(truncatingIfNeeded: position + header),
          captured: UInt32(truncatingIfNeeded: captured), interface: 0))
      position = next
    }
    return position
  }

  /// Whether nothing but zeros stands where a pcap record's header should be.
  private func isBlank(_ position: Int) -> Bool {
    input.uint32(at: position) | input.uint32(at: position + 4) | input.uint32(at: position + 8)
      | input.uint32(at: position + 12) == 0
  }

  /// Gathers the Enhanced Packet Blocks that begin among the next `room` bytes, lie whole in memory and are sound; returns
  /// how many bytes they are.
  private mutating func gatherBlocks(most: Int, before room: Int) -> Int {
    places.removeAll(keepingCapacity: true)
    let ready = input.available
    let interfaces = section.clocks.count
    let shortest = PcapngBlock.enhancedPacket.shortest
    var position = 0
    while places.count < most, position < room, position + shortest <= ready {
      guard number(input.uint32(at: position)) == PcapngBlock.enhancedType else { break }
      let length = Int(number(input.uint32(at: position + 4)))
      let next = position + length
      guard length >= shortest, length % 4 == 0, length <= Self.longestBlock, next <= ready,
        Int(number(input.uint32(at: next - 4))) == length
      else { break }
      let interface = number(input.uint32(at: position + 8))
      let captured = number(input.uint32(at: position + 20))
      guard Int(interface) < interfaces, Int(captured) <= length - shortest else { break }
      places.append(
        FrameBatch.Place(
          start: UInt32(truncatingIfNeeded: position + PcapngPacket.enhancedHeader),
          captured: captured, interface: interface))
      position = next
    }
    return position
  }

  /// Lends the frame of the Enhanced Packet Block at `start` to `body`.
  private func hand(
    block start: Int, _ number: Int, to body: (borrowing Frame) -> Bool
  ) -> Bool {
    let length = Int(self.number(input.uint32(at: start + 4)))
    let packet = PcapngPacket(
      .enhancedPacket, input.unread.extracting(start..<start + length),
      bigEndian: section.isBigEndian)
    guard let place = frame(of: packet, length) else { return true }
    return hand(start..<start + length, packet, place, number: number, to: body)
  }
}
