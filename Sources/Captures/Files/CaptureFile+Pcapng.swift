extension CaptureFile {
  /// Walks the blocks up to the first interface or frame, so that the link type is known.
  mutating func readFirstInterface() throws(CaptureError) {
    while section.interfaces.isEmpty {
      guard let (kind, length) = try nextBlock() else { return }
      if kind.isPacket { return }
      try pass(kind, length)
    }
  }

  /// Walks the blocks of a pcapng file.
  mutating func readPcapng(
    most count: Int, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    let last = frameCount.addingReportingOverflow(count)
    let stop = last.overflow ? Int.max : last.partialValue
    while frameCount < stop {
      guard let (kind, length) = try nextBlock() else { return }
      guard kind.isPacket else {
        try pass(kind, length)
        continue
      }
      try hold(length)
      if try !deliver(kind, length, body) { return }
    }
  }

  /// The kind and length of the block ahead; nil at the end of the file.
  private mutating func nextBlock() throws(CaptureError) -> (PcapngBlock, Int)? {
    guard try input.require(8) else {
      try end()
      return nil
    }
    let kind = PcapngBlock(type: number(input.uint32(at: 0)))
    if kind == .sectionHeader {
      guard try input.require(12) else { throw error(.truncated) }
      section.begin(bigEndian: try byteOrder())
    }
    let length = number(input.uint32(at: 4))
    guard length >= kind.shortest, length % 4 == 0 else {
      throw error(.damaged(.blockLength(length)))
    }
    return (kind, Int(length))
  }

  /// The byte order of the section whose header lies ready; true when it is big-endian.
  private func byteOrder() throws(CaptureError) -> Bool {
    let magic = input.uint32(at: 8)
    if UInt32(littleEndian: magic) == 0x1a2b_3c4d { return false }
    if UInt32(bigEndian: magic) == 0x1a2b_3c4d { return true }
    throw error(.damaged(.byteOrder(UInt32(bigEndian: magic))))
  }

  /// A number as read in the host's order, in the section's.
  private func number(_ value: UInt32) -> UInt32 {
    section.isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
  }

  /// Makes a whole block lie ready and checks the length at its end.
  private mutating func hold(_ length: Int) throws(CaptureError) {
    guard length <= Self.longestBlock else {
      throw error(.damaged(.blockLength(UInt32(truncatingIfNeeded: length))))
    }
    guard try input.require(length) else { throw error(.truncated) }
    let trailing = number(input.uint32(at: length - 4))
    guard Int(trailing) == length else { throw error(.damaged(.trailingLength(trailing))) }
  }

  /// Takes in a block without a frame.
  private mutating func pass(_ kind: PcapngBlock, _ length: Int) throws(CaptureError) {
    guard kind != .other else { return try passOver(length) }
    try hold(length)
    if kind == .interface {
      guard section.interfaces.count < PcapngSection.mostInterfaces else {
        throw error(.damaged(.tooManyInterfaces))
      }
      section.describe(input.unread.extracting(8..<length - 4))
    } else {
      let major = input.unread.uint16(at: 12, bigEndian: section.isBigEndian)
      let minor = input.unread.uint16(at: 14, bigEndian: section.isBigEndian)
      // 1.2 was written by mistake and means 1.0.
      guard major == 1, minor == 0 || minor == 2 else {
        throw error(.damaged(.version(major: major, minor: minor)))
      }
    }
    input.skip(length)
  }

  /// Passes a block of no interest, however long, without holding it.
  private mutating func passOver(_ length: Int) throws(CaptureError) {
    let begin = input.offset
    guard try input.discard(length - 4), try input.require(4) else {
      throw CaptureError(source: input.source, failure: .truncated, offset: begin)
    }
    let trailing = number(input.uint32(at: 0))
    guard Int(trailing) == length else {
      throw CaptureError(
        source: input.source, failure: .damaged(.trailingLength(trailing)), offset: begin)
    }
    input.skip(4)
  }

  /// Delivers the frame of the block that lies ready; returns whether to go on.
  private mutating func deliver(
    _ kind: PcapngBlock, _ length: Int, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Bool {
    let packet = PcapngPacket(
      kind, input.unread.extracting(first: length), bigEndian: section.isBigEndian)
    guard let interface = Int(exactly: packet.interface), interface < section.clocks.count else {
      throw error(.damaged(.interface(packet.interface)))
    }
    let clock = section.clocks[interface]
    let room = length - 4 - packet.start
    let captured: Int
    if let claimed = packet.captured {
      guard Int(claimed) <= room else { throw error(.damaged(.packetLength(claimed))) }
      captured = Int(claimed)
    } else {
      let limit = clock.snapshotLength > 0 ? clock.snapshotLength : Int.max
      captured = min(Int(packet.length), limit, room)
    }
    let options = packet.captured == nil ? length - 4 : packet.start + (captured + 3) / 4 * 4
    frameCount += 1
    let goesOn = hand(
      packet, captured, options: min(options, length - 4)..<length - 4,
      to: body, interface: interface)
    input.skip(length)
    return goesOn
  }

  /// Lends the frame of the block that lies ready to `body`.
  private func hand(
    _ packet: PcapngPacket, _ captured: Int, options: Range<Int>,
    to body: (borrowing Frame) -> Bool, interface: Int
  ) -> Bool {
    let clock = section.clocks[interface]
    let block = input.unread
    let bytes = block.extracting(packet.start..<packet.start + captured)
    let list = OptionList(block.extracting(options), bigEndian: section.isBigEndian)
    let frame = Frame(
      bytes: bytes, length: Int(packet.length),
      nanoseconds: packet.time.map(clock.unit.nanoseconds), number: frameCount,
      linkType: clock.linkType, interface: section.firstInterface + interface, options: list)
    return body(frame)
  }
}
