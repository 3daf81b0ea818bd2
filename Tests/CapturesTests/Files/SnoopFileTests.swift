import Captures
import Testing

@Suite struct SnoopFileTests {
  /// A snoop file of two frames, the second cut and padded (RFC 1761).
  static func file(link: UInt32 = 4, version: UInt32 = 2) -> [UInt8] {
    var file = Bytes(isBigEndian: true)
    file.add(Array("snoop".utf8) + [0, 0, 0])
    file.add(version)
    file.add(link)
    for (length, frame, padding) in [(UInt32(20), Array(UInt8(0)..<20), 0), (1514, [1, 2, 3], 1)] {
      file.add(length)
      file.add(UInt32(frame.count))
      file.add(UInt32(24 + frame.count + padding))
      file.add(UInt32(0))
      file.add(UInt32(1_000_000_000))
      file.add(UInt32(123_456))
      file.add(frame + [UInt8](repeating: 0, count: padding))
    }
    return file.all
  }

  @Test func `a snoop file gives its frames, their times and lengths`() {
    let reading = Reading(Self.file())
    let time: Int64 = 1_000_000_000_123_456_000
    #expect(reading.error == nil)
    #expect(
      reading.frames == [
        Shown(Array(0..<20), at: time), Shown([1, 2, 3], length: 1514, at: time),
      ])
    #expect(Reading(Packing.compressed(Self.file(), .gzip)).frames == reading.frames)
    #expect(Reading(Self.file(link: 8)).frames.map(\.linkType) == [10, 10])
  }

  @Test(arguments: 1..<file().count)
  func `every cut keeps the frames in front of it`(length: Int) {
    let whole = Reading(Self.file()).frames
    let reading = Reading(Array(Self.file()[..<length]))
    let isPrefix = reading.frames.elementsEqual(whole.prefix(reading.frames.count))
    #expect(isPrefix)
    // Only the header, the first record, and a last record without its padding are whole files.
    #expect((reading.error == nil) == [16, 60, Self.file().count - 1].contains(length))
  }

  @Test func `a length that can't be is damage, at its offset`() {
    var bytes = Self.file()
    bytes[64] = 0xff
    let reading = Reading(bytes)
    #expect(reading.frames.count == 1)
    #expect(reading.error?.failure == .damaged(.recordLength(0xff00_0003)))
    #expect(reading.error?.offset == 60)
    #expect(Reading(Self.file(version: 9)).error?.failure == .damaged(.header))
  }
}
