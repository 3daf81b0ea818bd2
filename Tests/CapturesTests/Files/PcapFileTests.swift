import Captures
import Testing

@Suite struct PcapFileTests {
  static let frame: [UInt8] = Array(0..<20)

  /// A file of two frames, the second cut by the snapshot length.
  static func file(
    _ magic: UInt32 = 0xa1b2_c3d4, bigEndian: Bool = false, major: UInt16 = 2, minor: UInt16 = 4,
    linkType: UInt32 = 1
  ) -> PcapBytes {
    var file = PcapBytes(
      magic: magic, bigEndian: bigEndian, major: major, minor: minor, linkType: linkType)
    file.record(1_000_000_000, 123_456, frame, length: 20)
    file.record(4_000_000_000, 7, [1, 2, 3], length: 1514)
    return file
  }

  @Test(arguments: [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d, 0xa1b2_cd34], [false, true])
  func `every kind of pcap is read in both byte orders`(magic: UInt32, isBigEndian: Bool) {
    let reading = Reading(Self.file(magic, bigEndian: isBigEndian).all)
    let unit: Int64 = magic == 0xa1b2_3c4d ? 1 : 1000
    #expect(reading.error == nil)
    #expect(
      reading.frames == [
        Shown(Self.frame, at: 1_000_000_000_000_000_000 + 123_456 * unit),
        Shown([1, 2, 3], length: 1514, at: 4_000_000_000_000_000_000 + 7 * unit),
      ])
  }

  @Test(arguments: [1, 2, 3, Int.max])
  func `a few frames at a time give the same frames`(most: Int) {
    let reading = Reading(Self.file().all, most: most)
    #expect(reading.frames == Reading(Self.file().all).frames && reading.error == nil)
  }

  @Test func `version 2_3 may have its lengths in either order`() {
    var file = PcapBytes(minor: 3)
    file.record(1, 0, 3, 60, [1, 2, 3])
    file.record(1, 0, 60, 3, [1, 2, 3])
    let shown = Shown([1, 2, 3], length: 60, at: 1_000_000_000)
    #expect(Reading(file.all).frames == [shown, shown])
  }

  @Test(arguments: [(UInt16(2), UInt16(2)), (2, 0), (543, 0)])
  func `older versions have the length on the wire first`(version: (UInt16, UInt16)) {
    var file = PcapBytes(major: version.0, minor: version.1)
    file.record(1, 0, 60, 3, [1, 2, 3])
    #expect(Reading(file.all).frames == [Shown([1, 2, 3], length: 60, at: 1_000_000_000)])
  }

  @Test(arguments: [(UInt16(1), UInt16(4)), (3, 0), (2, 5)])
  func `other versions are refused by libpcap, whose words are kept`(version: (UInt16, UInt16)) {
    let error = Reading(PcapBytes(major: version.0, minor: version.1).all).error
    #expect(error?.failure == .damaged(.header) && error?.offset == 0)
    #expect(error?.message?.isEmpty == false)
  }

  @Test func `a record longer than the snapshot length is cut there and the rest passed over`() {
    var file = PcapBytes(snapshotLength: 4)
    file.record(1, 0, [1, 2, 3, 4, 5, 6, 7], length: 7)
    file.record(2, 0, [8], length: 1)
    let reading = Reading(file.all)
    #expect(reading.error == nil)
    #expect(
      reading.frames == [
        Shown([1, 2, 3, 4], length: 7, at: 1_000_000_000), Shown([8], at: 2_000_000_000),
      ])
  }

  @Test func `a record longer than any frame is damage at its offset`() {
    var file = Self.file()
    let offset = UInt64(file.all.count)
    file.record(3, 0, 262_145, 262_145, [UInt8](repeating: 0, count: 262_145))
    let reading = Reading(file.all)
    #expect(reading.frames.count == 2)
    #expect(reading.error?.failure == .damaged(.recordLength(262_145)))
    #expect(reading.error?.offset == offset)
  }

  @Test func `a USB record may be longer than other frames`() {
    var file = PcapBytes(snapshotLength: 1_000_000, linkType: 220)
    let frame = [UInt8](repeating: 9, count: 700_000)
    file.record(1, 0, frame, length: 700_000)
    let reading = Reading(file.all)
    #expect(reading.error == nil && reading.frames.map(\.bytes.count) == [700_000])
  }

  @Test func `a frame is never longer than it was on the wire`() {
    var file = PcapBytes()
    file.record(1, 0, [1, 2, 3], length: 0)
    #expect(Reading(file.all).frames == [Shown([1, 2, 3], length: 3, at: 1_000_000_000)])
  }

  @Test func `link types are numbered as libpcap numbers them`() throws {
    let scratch = Scratch()
    scratch.fill(Self.file(linkType: 101).all)
    let file = try CaptureFile(path: scratch.path)
    #expect(file.linkType == 12 && file.fileLinkType == 101)
    #expect(!file.isPcapng && !file.isNanosecond && file.snapshotLength == 65_535)
    #expect(file.size == UInt64(Self.file().all.count) && file.name == scratch.path)
    #expect(file.interface(0) == nil)
  }

  @Test(arguments: 0..<file().all.count)
  func `a cut file gives what precedes the cut and says where`(count: Int) {
    let file = Self.file()
    let reading = Reading(Array(file.all.prefix(count)))
    let whole = file.ends.filter { $0 <= count }
    #expect(reading.frames.count == max(0, whole.count - 1))
    switch count {
    case 0: #expect(reading.error?.failure == .empty)
    case ..<4: #expect(reading.error?.failure == .notACapture)
    case whole.last: #expect(reading.error == nil)
    default:
      #expect(reading.error?.failure == .truncated)
      #expect(reading.error?.offset == UInt64(whole.last ?? 0))
    }
  }
}
