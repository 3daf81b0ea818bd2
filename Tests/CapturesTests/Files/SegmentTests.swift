import Testing

@testable import Captures

/// What others walk ahead gives, frame by frame and step by step, what one thread reads.
@Suite struct SegmentTests {
  /// Compares both ways on what `scratch` holds, split into segments of each length; how many segments were taken.
  @discardableResult
  private func compare(
    _ name: String, _ scratch: Scratch, lengths: some Sequence<UInt64>, limit: Int = .max
  ) -> Int {
    var taken = 0
    for length in lengths {
      for divisor in [1, 3] {
        let picks: @Sendable (Span<UInt8>, Int32) -> Bool = { bytes, link in
          (bytes.count &+ Int(link)) % divisor == 0
        }
        let (one, many) = (ByteMeter(), ByteMeter())
        let alone = SegmentReading(
          length: length, isSpread: false, limit: limit, meter: one, scratch.again(), picks: picks)
        let spread = SegmentReading(
          length: length, isSpread: true, limit: limit, meter: many, scratch.again(), picks: picks)
        #expect(alone == spread, "\(name), segments of \(length)")
        #expect(alone.taken == 0)
        // What was counted as read is the file, whoever read it.
        if limit == .max, alone.error == nil {
          #expect(one.bytes == many.bytes, "\(name), segments of \(length)")
        }
        taken += spread.taken
      }
    }
    return taken
  }

  /// A pcap file of many small frames of different lengths.
  private static func pcap(
    _ magic: UInt32 = 0xa1b2_c3d4, bigEndian: Bool = false, minor: UInt16 = 4, count: Int = 200
  ) -> [UInt8] {
    var file = PcapBytes(magic: magic, bigEndian: bigEndian, minor: minor)
    for index in 0..<count {
      let frame = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: index * 7 % 61)
      let lengths = [UInt32(frame.count), UInt32(frame.count + 1 + index % 2)]
      // Before version 2.3 the length on the wire came first.
      file.record(
        1_000_000_000 + UInt32(index), UInt32(index), lengths[minor == 2 ? 1 : 0],
        lengths[minor == 2 ? 0 : 1], frame)
    }
    return file.all
  }

  /// A pcapng file of many small frames; some blocks are something else, if wanted another
  /// interface or section, or a process that the frames behind it name.
  private static func pcapng(
    bigEndian: Bool = false, describesLater: Bool = false, namesProcesses: Bool = false,
    count: Int = 200
  ) -> [UInt8] {
    var file = PcapngBytes()
    file.section(bigEndian: bigEndian)
    file.interface()
    file.interface(linkType: 101, options: [(9, [9])])
    for index in 0..<count {
      let frame = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: index * 7 % 61)
      switch index % 100 {
      case 30 where describesLater: file.interface(linkType: 113)
      case 60 where describesLater:
        file.section(bigEndian: bigEndian != (index > 100))
        file.interface()
        file.interface(linkType: 101)
      case 20 where namesProcesses: file.block(0x8000_0001, file.value(UInt32(index)))
      case 70: file.simple(frame)
      case 80: file.obsolete(1, time: UInt64(index), frame)
      case 90: file.block(5, [UInt8](repeating: 0, count: 12))
      default:
        file.enhanced(
          UInt32(index / 3 % 2), time: 1_000_000 * UInt64(index), frame,
          options: index % 5 != 0
            ? []
            : [(UInt16(1), Array("comment".utf8))]
              + (namesProcesses ? [(UInt16(0x8001), file.value(UInt32(index / 100)))] : []))
      }
    }
    return file.all
  }

  private static let goods: [[UInt8]] =
    [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d, 0xa1b2_cd34].map { pcap($0) }
    + [pcap(bigEndian: true), pcap(minor: 2), pcap(minor: 3)]
    + [
      pcapng(), pcapng(bigEndian: true), pcapng(describesLater: true),
      pcapng(namesProcesses: true),
    ]

  @Test(arguments: 0..<10) func `segments of every length give the same`(kind: Int) {
    let scratch = Scratch()
    scratch.fill(Self.goods[kind])
    let taken = compare("kind \(kind)", scratch, lengths: stride(from: 1, to: 400, by: 7))
    let rest = compare(
      "kind \(kind)", scratch, lengths: stride(from: 401, to: 12_000, by: 397))
    // Most guesses are right, so that the comparison is one of two ways.
    #expect(taken > 500, "kind \(kind): \(taken)")
    #expect(rest > 50, "kind \(kind): \(rest)")
  }

  @Test(arguments: 0..<10) func `truncated files give the same frames and errors`(kind: Int) {
    let scratch = Scratch()
    let bytes = Self.goods[kind]
    for count in stride(from: 0, through: bytes.count, by: 47) {
      scratch.fill(Array(bytes.prefix(count)))
      compare("kind \(kind) cut at \(count)", scratch, lengths: [256, 1_000])
    }
  }

  @Test(arguments: 0..<4) func `changed files give the same frames and errors`(part: Int) {
    let scratch = Scratch()
    var random = Seeded(UInt64(9_000 + part))
    for turn in 0..<150 {
      var bytes = Self.goods[turn % Self.goods.count]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 24..<bytes.count, using: &random)
        bytes[place] = .random(in: 0...255, using: &random)
      }
      scratch.fill(bytes)
      let length = UInt64.random(in: 60...2_000, using: &random)
      compare("part \(part) turn \(turn)", scratch, lengths: [length])
    }
  }

  @Test func `a capture inside of a capture is taken for no record of it`() {
    // Each frame holds a whole capture, whose records look like the file's own.
    var file = PcapBytes()
    for index in 0..<12 {
      file.record(1_000_000_000, UInt32(index), Self.pcap(count: 150), length: 65_000)
    }
    let scratch = Scratch()
    scratch.fill(file.all)
    compare("captures", scratch, lengths: [500, 3_000, 20_000, 65_536])
    // Zeros look like records without a byte.
    var zeros = PcapBytes()
    for index in 0..<12 {
      zeros.record(
        1_000_000_000, UInt32(index), [UInt8](repeating: 0, count: 9_000), length: 9_000)
    }
    scratch.fill(zeros.all)
    #expect(compare("zeros", scratch, lengths: [500, 3_000, 20_000, 65_536]) > 0)
  }

  @Test func `records longer than a segment and than a read give the same`() {
    var file = PcapBytes(snapshotLength: 1_000_000)
    var blocks = PcapngBytes()
    blocks.section()
    blocks.interface()
    for index in 0..<60 {
      let frame = [UInt8](repeating: 7, count: index % 20 == 10 ? 262_144 : 900 + index)
      file.record(1_000_000_000, UInt32(index), frame, length: UInt32(frame.count))
      blocks.enhanced(time: UInt64(index), frame + frame)
    }
    let scratch = Scratch()
    for bytes in [file.all, blocks.all] {
      scratch.fill(bytes)
      #expect(compare("long", scratch, lengths: [1_000, 5_000, 100_000, 300_000]) > 0)
    }
  }

  @Test(arguments: [1, 2, 50, 150])
  func `reading stops behind the frame that was the last wanted, whoever walked it`(limit: Int) {
    let scratch = Scratch()
    for bytes in [Self.goods[0], Self.goods[6]] {
      scratch.fill(bytes)
      compare("limit", scratch, lengths: [100, 1_000, 4_000], limit: limit)
    }
  }

  @Test(.enabled(if: CorpusTests.folder != nil, "needs ICWSCAN_CORPUS"))
  func `labelled and hostile captures give the same in segments`() {
    for path in CorpusTests.paths("index.tsv") + CorpusTests.paths("hostile/index.tsv") {
      let bytes = Scratch.read(path)
      // What is compressed is read by one thread.
      guard bytes.count < 8 * 1024 * 1024 else { continue }
      let scratch = Scratch()
      scratch.fill(bytes)
      compare(path, scratch, lengths: [UInt64(max(64, bytes.count / 9))])
    }
  }
}
