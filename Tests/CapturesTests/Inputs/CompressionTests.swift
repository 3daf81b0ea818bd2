import CArchive
import Captures
import Testing

@Suite struct CompressionTests {
  /// A capture of frames that do not compress to nothing.
  static func capture(frames: Int) -> [UInt8] {
    var random = Seeded(3699)
    var file = PcapBytes()
    for number in 0..<frames {
      let frame = (0..<80).map { _ in UInt8.random(in: 0...255, using: &random) }
      file.record(1_000_000_000 + UInt32(number), 0, frame, length: 80)
    }
    return file.all
  }

  static let content = capture(frames: 12)

  @Test(arguments: Compression.allCases)
  func `a compressed capture gives the frames of the capture`(compression: Compression) {
    let packed = Packing.compressed(Self.content, compression)
    #expect(packed.starts(with: compression.magic))
    let reading = Reading(packed)
    #expect(reading.error == nil && reading.frames == Reading(Self.content).frames)
    #expect(reading.frames.count == 12)
    let twice = Reading(Packing.compressed(packed, .gzip))
    #expect(twice.error == nil && twice.frames == reading.frames)
  }

  @Test(arguments: [Compression.gzip, .zstd, .xz, .bzip2, .lz4])
  func `several compressed parts, one behind the other, are one capture`(compression: Compression) {
    let half = Self.content.count / 2 + 3
    let packed =
      Packing.compressed(Array(Self.content[..<half]), compression)
      + Packing.compressed(Array(Self.content[half...]), compression)
    let reading = Reading(packed)
    #expect(reading.error == nil && reading.frames.count == 12)
  }

  @Test(arguments: Compression.allCases)
  func `every cut of a compressed capture keeps frames of the capture, and is told`(
    compression: Compression
  ) {
    let whole = Reading(Self.content).frames
    let packed = Packing.compressed(Self.content, compression)
    var most = 0
    for length in 1..<packed.count {
      let reading = Reading(Array(packed[..<length]))
      // compress(1) has no end mark: a cut between two codes shows only as a cut record, or not at all.
      #expect(reading.error != nil || compression == .compress, "\(length) of \(packed.count)")
      let isPrefix = reading.frames.elementsEqual(whole.prefix(reading.frames.count))
      #expect(isPrefix, "\(length) of \(packed.count)")
      most = max(most, reading.frames.count)
    }
    // What a cut gzip file holds comes out to the last byte.
    if compression == .gzip { #expect(most == whole.count) }
  }

  @Test(arguments: Compression.allCases)
  func `no change of compressed bytes traps or hangs`(compression: Compression) {
    let packed = Packing.compressed(Self.content, compression)
    var random = Seeded(UInt64(compression.magic[0]))
    var errors = 0
    for _ in 0..<200 {
      var bytes = packed
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 4..<bytes.count, using: &random)
        bytes[place] = .random(in: 0...255, using: &random)
      }
      if Reading(bytes).error != nil { errors += 1 }
    }
    #expect(errors > 5)
  }

  @Test func `bytes behind the end of a gzip file are told, zeros are padding`() {
    let packed = Packing.compressed(Self.content, .gzip)
    let padded = Reading(packed + [UInt8](repeating: 0, count: 600))
    #expect(padded.error == nil && padded.frames.count == 12)
    let trailed = Reading(packed + [1, 2, 3])
    #expect(trailed.frames.count == 12)
    #expect(trailed.error?.failure == .damaged(.trailingBytes))
    #expect(trailed.error?.isUnpacked == true)
  }

  @Test func `more compressions than are undone are told`() {
    var packed = Self.content
    for _ in 0..<CaptureContainer.mostLayers { packed = Packing.compressed(packed, .xz) }
    #expect(Reading(packed).frames.count == 12)
    #expect(Reading(Packing.compressed(packed, .xz)).error?.failure == .tooManyLayers)
  }

  @Test(arguments: Compression.allCases)
  func `what is compressed and no capture is refused as that`(compression: Compression) {
    let text = Array("This is no capture, however long one looks at it.".utf8)
    #expect(Reading(Packing.compressed(text, compression)).error?.failure == .notACapture)
    #expect(Reading(compression.magic).error != nil)
    #expect(Reading(compression.magic + [0, 0, 0, 0]).error != nil)
  }

  @Test(arguments: [Compression.gzip, .zstd, .xz, .bzip2])
  func `a bomb ends at the bound`(compression: Compression) {
    var bomb = PcapBytes()
    let frame = [UInt8](repeating: 0, count: 262_144)
    for _ in 0..<300 { bomb.record(0, 0, frame, length: 262_144) }
    let packed = Packing.compressed(bomb.all, compression)
    let scratch = Scratch()
    scratch.fill(packed)
    var frames = 0
    var failure: CaptureError.Failure?
    do {
      var file = try CaptureFile(path: scratch.path)
      while try file.read(
        most: 100,
        { _ in
          frames += 1
          return true
        }) > 0
      {}
    } catch { failure = error.failure }
    // 64 MiB are 256 of these frames.
    #expect(failure == .expandsTooFar && 250...257 ~= frames, "\(frames)")
  }
}
