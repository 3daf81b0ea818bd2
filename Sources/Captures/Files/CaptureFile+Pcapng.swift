extension CaptureFile {
  /// Walks the blocks up to the first interface or frame, so that the link type is known.
  mutating func readFirstInterface() throws(CaptureError) {
    while section.interfaces.isEmpty {
      guard let (kind, length) = try nextBlock() else { return }
      if kind.isPacket { return }
      try pass(kind, length)
    }
  }

  /// Walks the blocks of a pcapng file that begin before `end`.
  mutating func readPcapng(
    most count: Int, before end: UInt64, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    let last = frameCount.addingReportingOverflow(count)
    let stop = last.overflow ? Int.max : last.partialValue
    try finishPassing()
    while frameCount < stop, input.offset < end {
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
      try finish()
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
    guard let isBigEndian = PcapngSection.isBigEndian(magic: magic) else {
      throw error(.damaged(.byteOrder(UInt32(bigEndian: magic))))
    }
    return isBigEndian
  }

  /// A number as read in the host's order, in the section's.
  @inline(__always) func number(_ value: UInt32) -> UInt32 {
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
    let isProcess = kind == .custom || kind == .appleProcess
    if kind == .other || isProcess && length > ProcessRegister.longestBlock {
      return try passOver(length)
    }
    try hold(length)
    let isBigEndian = section.isBigEndian
    if isProcess {
      let body = input.unread.extracting(8..<length - 4)
      if kind == .custom {
        section.register.processes.describe(custom: body, bigEndian: isBigEndian)
      } else {
        section.register.processes.describe(apple: body, bigEndian: isBigEndian)
      }
    } else if kind == .interface {
      guard section.interfaces.count < PcapngSection.mostInterfaces else {
        throw error(.damaged(.tooManyInterfaces))
      }
      let body = input.unread.extracting(8..<length - 4)
      if !LinkTypeNumbers.isSame(UInt32(body.uint16(at: 0, bigEndian: isBigEndian))) {
        try PcapLibrary.require(for: input.source)
      }
      section.describe(body)
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

  /// Passes a block of no interest, however long; a longer one than is held is not.
  private mutating func passOver(_ length: Int) throws(CaptureError) {
    guard length > Self.longestBlock else {
      try hold(length)
      input.skip(length)
      return
    }
    // Such a length is believed only where it stands at the block's end once more, which can be looked at in a regular file. One
    // that grows may not have it yet.
    if !input.isFollowed {
      guard let trailing = input.peek(at: input.offset &+ UInt64(length - 4)),
        Int(number(trailing)) == length
      else { throw error(.damaged(.blockLength(UInt32(truncatingIfNeeded: length)))) }
    }
    passing = PassedBytes(count: length - 4, begin: input.offset, length: UInt32(length))
    try finishPassing()
  }

  /// Delivers the frame of the block that lies ready; returns whether to go on.
  private mutating func deliver(
    _ kind: PcapngBlock, _ length: Int, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Bool {
    let packet = PcapngPacket(
      kind, input.unread.extracting(first: length), bigEndian: section.isBigEndian)
    guard Int(packet.interface) < section.clocks.count else {
      throw error(.damaged(.interface(packet.interface)))
    }
    guard let place = frame(of: packet, length) else {
      throw error(.damaged(.packetLength(packet.captured ?? 0)))
    }
    frameCount += 1
    if frameCount == 1 {
      let clock = section.clocks[Int(packet.interface)]
      first = LastFrame(
        nanoseconds: packet.time.map(clock.unit.nanoseconds), linkType: clock.linkType)
    }
    let goesOn = hand(0..<length, packet, place, number: frameCount, to: body)
    input.skip(length)
    return goesOn
  }

  /// How much of a frame was captured, and where the options of its block of `length` bytes begin.
  struct FramePlace {
    let captured: Int
    let options: Int
  }

  /// The place of a packet block's frame; nil when it claims more than its block has.
  func frame(of packet: PcapngPacket, _ length: Int) -> FramePlace? {
    let room = length - 4 - packet.start
    if let claimed = packet.captured {
      guard Int(claimed) <= room else { return nil }
      return FramePlace(
        captured: Int(claimed),
        options: min(packet.start + (Int(claimed) + 3) / 4 * 4, length - 4))
    }
    let clock = section.clocks[Int(packet.interface)]
    let limit = clock.snapshotLength > 0 ? clock.snapshotLength : Int.max
    return FramePlace(captured: min(Int(packet.length), limit, room), options: length - 4)
  }

  /// Lends the frame of the block in these ready bytes to `body`.
  func hand(
    _ range: Range<Int>, _ packet: PcapngPacket, _ place: FramePlace, number: Int,
    to body: (borrowing Frame) -> Bool
  ) -> Bool {
    let interface = Int(packet.interface)
    let clock = section.clocks[interface]
    let block = input.unread.extracting(range)
    let bytes = block.extracting(packet.start..<packet.start + place.captured)
    let list = OptionList(
      block.extracting(place.options..<block.count - 4), bigEndian: section.isBigEndian)
    let frame = Frame(
      bytes: bytes, length: Int(packet.length),
      nanoseconds: packet.time.map(clock.unit.nanoseconds), number: number,
      linkType: clock.linkType, interface: section.firstInterface + interface, options: list,
      register: section.register)
    return body(frame)
  }
}
