import Testing

@testable import Captures

/// Captures that are damaged in their middle.
struct DamageTests {
  /// Frames of many lengths, every one different from the others.
  private static func frames(_ count: Int) -> [[UInt8]] {
    (0..<count).map { number in
      (0..<20 + number * 37 % 400).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
    }
  }

  private static func pcap(_ frames: [[UInt8]]) -> PcapBytes {
    var file = PcapBytes()
    for (number, frame) in frames.enumerated() {
      file.record(UInt32(1_000_000 + number * 100_000), 5, frame, length: UInt32(frame.count))
    }
    return file
  }

  private static func pcapng(_ frames: [[UInt8]], bigEndian: Bool) -> PcapngBytes {
    var file = PcapngBytes()
    file.section(bigEndian: bigEndian)
    file.interface()
    for (number, frame) in frames.enumerated() {
      file.enhanced(time: UInt64(number) * 1_000_000, frame)
    }
    return file
  }

  @Test func `behind a damaged length the frames are found again, and the damage is thrown last`() {
    let frames = Self.frames(40)
    let file = Self.pcap(frames)
    var bytes = file.all
    let begin = file.ends[10]
    for index in 8..<12 { bytes[begin + index] = 0xff }
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == Array(frames[..<10] + frames[11...]))
    #expect(reading.error?.failure == .damaged(.recordLength(.max)))
    #expect(reading.error?.offset == UInt64(begin))
    #expect(
      reading.error?.leftOut
        == CaptureError.LeftOut(bytes: UInt64(file.ends[11] - begin), places: 1))
  }

  @Test(arguments: [false, true])
  func `a damaged block of pcapng costs the frames in it, of either byte order`(isBig: Bool) {
    let frames = Self.frames(40)
    let file = Self.pcapng(frames, bigEndian: isBig)
    // Behind the section and the interface each block holds a frame: its type, its length, its interface, its captured
    // length and the length at its end.
    for (index, value) in [(4, 0x5d), (8, 0x11), (20, 0xff), (-4, 0x01)] {
      var bytes = file.all
      let block = index < 0 ? file.ends[12] : file.ends[11]
      for byte in 0..<4 { bytes[block + index + byte] = UInt8(value) }
      let reading = Reading(bytes)
      #expect(reading.frames.map(\.bytes) == Array(frames[..<10] + frames[11...]), "\(index)")
      #expect(reading.error?.leftOut?.places == 1, "\(index)")
    }
  }

  @Test func `a block of an unknown kind that is longer than the file is damage and no end`() {
    let frames = Self.frames(20)
    let file = Self.pcapng(frames, bigEndian: false)
    var bytes = file.all
    bytes.replaceSubrange(file.ends[11]..<file.ends[11] + 8, with: [9, 9, 9, 9, 0, 0, 0, 0x70])
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == Array(frames[..<10] + frames[11...]))
    #expect(reading.error?.failure == .damaged(.blockLength(0x7000_0000)))
    #expect(reading.error?.leftOut?.places == 1)
  }

  @Test func `each place of several is counted, with bytes that are missing or put in`() {
    let frames = Self.frames(160)
    let file = Self.pcap(frames)
    var bytes = file.all
    // From behind, so that the places in front stay: some bytes more, some less, some others.
    bytes.insert(contentsOf: [UInt8](repeating: 0xee, count: 33), at: file.ends[105])
    bytes.removeSubrange(file.ends[60]..<file.ends[60] + 15)
    for index in 0..<100 { bytes[file.ends[9] + index] = 0xdd }
    let reading = Reading(bytes)
    #expect(
      reading.frames.map(\.bytes) == Array(frames[..<9] + frames[10..<60] + frames[61...]))
    #expect(reading.error?.leftOut?.places == 3)
    #expect(reading.error?.offset == UInt64(file.ends[9]))
  }

  @Test func `a run of few records between two places of damage is left out`() {
    let frames = Self.frames(60)
    let file = Self.pcap(frames)
    var bytes = file.all
    for number in [10, 20] {
      for index in 8..<12 { bytes[file.ends[number] + index] = 0xff }
    }
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == Array(frames[..<10] + frames[21...]))
    #expect(reading.error?.leftOut?.places == 1)
  }

  @Test func `a capture inside of a frame is not taken for records of the file`() {
    // As many of the shortest packets as a segment of an Ethernet holds.
    let packet = [UInt8](repeating: 0x45, count: 40)
    var inner = PcapBytes()
    for _ in 0..<25 { inner.record(9, 5, packet, length: 40) }
    let nested = [1, 2, 3] + Array(inner.all.dropFirst(24)) + [4, 5, 6, 7]
    let frames = Self.frames(30)
    var file = PcapBytes()
    for frame in frames[..<10] { file.record(9, 5, frame, length: UInt32(frame.count)) }
    let begin = file.all.count
    file.record(9, 5, nested, length: UInt32(nested.count))
    let end = file.all.count
    for frame in frames[10...] { file.record(9, 5, frame, length: UInt32(frame.count)) }
    var bytes = file.all
    for index in 8..<12 { bytes[begin + index] = 0xff }
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == frames)
    #expect(reading.error?.leftOut?.bytes == UInt64(end - begin))
  }

  @Test func `where nothing follows the damage stands by itself`() {
    let file = Self.pcap(Self.frames(10))
    let bytes = file.all + [UInt8](repeating: 0xff, count: 300_000)
    let reading = Reading(bytes)
    #expect(reading.frames.count == 10)
    #expect(reading.error?.offset == UInt64(file.all.count) && reading.error?.leftOut == nil)
  }

  @Test func `a limit between frames is kept behind damage`() {
    let frames = Self.frames(40)
    let file = Self.pcap(frames)
    var bytes = file.all
    for index in 8..<12 { bytes[file.ends[10] + index] = 0xff }
    for most in [1, 3, 10, 11] {
      #expect(Reading(bytes, most: most).frames == Reading(bytes).frames)
      #expect(Reading(bytes, most: most).error == Reading(bytes).error)
    }
  }

  @Test func `where the file ends inside of a record, some before it are enough`() {
    let frames = Self.frames(20)
    let file = Self.pcap(frames)
    var bytes = Array(file.all.dropLast(3))
    for index in 8..<12 { bytes[file.ends[10] + index] = 0xff }
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == Array(frames[..<10] + frames[11..<19]))
    #expect(reading.error?.failure == .damaged(.recordLength(.max)))
    #expect(reading.error?.leftOut?.places == 2)
  }

  @Test func `a length that reaches beyond the end is damage where records follow up to the end`() {
    let frames = Self.frames(30)
    for isCut in [false, true] {
      let file = Self.pcap(frames)
      var bytes = Array(file.all.dropLast(isCut ? 5 : 0))
      bytes.replaceSubrange(file.ends[20] + 8..<file.ends[20] + 12, with: [0x40, 0x0d, 3, 0])
      let reading = Reading(bytes)
      #expect(
        reading.error?.failure == .truncated && reading.error?.offset == UInt64(file.ends[20]))
      // A cut frame may hold records of a capture: those are not enough.
      let rest = isCut ? [] : frames[21...]
      #expect(reading.frames.map(\.bytes) == Array(frames[..<20] + rest), "\(isCut)")
      #expect((reading.error?.leftOut == nil) == isCut)
    }
    let file = Self.pcapng(frames, bigEndian: false)
    for kind: [UInt8] in [[6, 0, 0, 0], [0x99, 0, 0, 0]] {
      for length: [UInt8] in [[0, 0, 0xc0, 0], [0, 0, 0, 3]] {
        var bytes = file.all
        bytes.replaceSubrange(file.ends[11]..<file.ends[11] + 8, with: kind + length)
        #expect(
          Reading(bytes).frames.map(\.bytes) == Array(frames[..<10] + frames[11...]),
          "\(kind) \(length)")
      }
    }
  }

  @Test func `zeros where a record should begin are damage, behind which the rest is read`() {
    let frames = Self.frames(80)
    let file = Self.pcap(frames)
    var bytes = file.all
    bytes.insert(contentsOf: [UInt8](repeating: 0, count: 5_000), at: file.ends[40])
    let reading = Reading(bytes)
    #expect(reading.frames.map(\.bytes) == frames)
    #expect(reading.error?.failure == .damaged(.zeros))
    #expect(reading.error?.leftOut == CaptureError.LeftOut(bytes: 5_000, places: 1))
    // What was given room in advance is the end.
    let end = Reading(file.all + [UInt8](repeating: 0, count: 5_000))
    #expect(end.frames.map(\.bytes) == frames && end.error?.leftOut == nil)
    #expect(end.error?.offset == UInt64(file.all.count))
  }

  @Test(arguments: [false, true])
  func `however many zeros stand before a record, they alone are left out`(isBig: Bool) {
    let frames = Self.frames(80)
    // A block of the other byte order begins with three zeros itself.
    let file = Self.pcapng(frames, bigEndian: isBig)
    for count in (500..<780) {
      var bytes = file.all
      bytes.insert(contentsOf: [UInt8](repeating: 0, count: count), at: file.ends[42])
      let reading = Reading(bytes)
      #expect(reading.frames.map(\.bytes) == frames, "\(count)")
      #expect(
        reading.error?.leftOut == CaptureError.LeftOut(bytes: UInt64(count), places: 1), "\(count)")
    }
  }

  @Test(arguments: [false, true])
  func `what is read is the same in segments, by several threads and from a pipe`(isPcapng: Bool)
    throws
  {
    let frames = Self.frames(600)
    var (file, ends) = (Self.pcap(frames).all, Self.pcap(frames).ends)
    if isPcapng {
      let pcapng = Self.pcapng(frames, bigEndian: false)
      (file, ends) = (pcapng.all, pcapng.ends)
    }
    // A hole of many segments, with what looks like records, and some lost bytes.
    let hole = [UInt8](repeating: 0xff, count: 40) + [UInt8](repeating: 0, count: 20_000)
    file.removeSubrange(ends[400]..<ends[400] + 7)
    file.insert(contentsOf: hole, at: ends[100])
    let whole = Reading(file)
    #expect(whole.error?.leftOut?.places == 2 && whole.frames.count >= 598)
    let scratch = Scratch()
    scratch.fill(file)
    for length: UInt64 in [700, 4_096, 50_000] {
      let alone = SegmentReading(length: length, isSpread: false, scratch.again()) { _, _ in true }
      let spread = SegmentReading(length: length, isSpread: true, scratch.again()) { _, _ in true }
      #expect(alone == spread, "\(length)")
      #expect(alone.frames == whole.frames && alone.error == whole.error, "\(length)")
    }
  }

  @Test func `of a frame that the end of the file cuts nothing is taken for records`() {
    // As many empty records as a datagram holds, and more.
    var inner = PcapBytes()
    for _ in 0..<3_000 { inner.record(9, 5, [], length: 60) }
    let nested = Array(inner.all.dropFirst(24))
    var file = Self.pcap(Self.frames(5))
    file.record(9, 5, nested, length: UInt32(nested.count))
    for cut in [1, 16, 50, 1_000] {
      let reading = Reading(Array(file.all.dropLast(cut)))
      #expect(reading.frames.count == 5 && reading.error?.failure == .truncated)
      #expect(reading.error?.leftOut == nil)
    }
  }

  @Test func `a section of the other byte order is found behind damage`() {
    let frames = Self.frames(50)
    let little = Self.pcapng(frames, bigEndian: false)
    var bytes = little.all
    for index in 4..<8 { bytes[little.ends[31] + index] = 0x5d }
    bytes.removeSubrange(little.ends[40]...)
    bytes.append(contentsOf: [1, 2, 3])
    bytes += Self.pcapng(frames, bigEndian: true).all
    let reading = Reading(bytes)
    #expect(reading.frames.suffix(50).map(\.bytes) == frames)
    #expect(reading.frames.prefix(30).map(\.bytes) == Array(frames[..<30]))
  }

  @Test func `records longer than the snapshot length that the file tells are found, too`() {
    let frames = Self.frames(60)
    var file = PcapBytes(snapshotLength: 16)
    for (number, frame) in frames.enumerated() {
      file.record(UInt32(1_000_000 + number), 5, frame, length: UInt32(frame.count))
    }
    var bytes = file.all
    for index in 8..<12 { bytes[file.ends[10] + index] = 0xff }
    #expect(
      Reading(bytes).frames.map(\.bytes)
        == (frames[..<10] + frames[11...]).map { Array($0.prefix(16)) })
  }
}
