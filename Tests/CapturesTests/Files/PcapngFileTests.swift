import Captures
import Testing

@Suite struct PcapngFileTests {
  /// A file of everything that is read, in one byte order.
  static func file(bigEndian: Bool) -> PcapngBytes {
    var file = PcapngBytes()
    file.section(bigEndian: bigEndian)
    file.interface(options: [(2, Array("eth0".utf8)), (3, Array("first".utf8))])
    // Secrets, names, a custom block and an unknown one.
    file.block(10, [0, 0, 0, 0, 0, 0, 0, 0])
    file.block(4, [0, 0, 0, 0])
    file.block(0xbad, [UInt8](repeating: 0xff, count: 16))
    file.block(0x8000_0001, [])
    file.enhanced(
      time: 1_000_000_000_123_456, [1, 2, 3, 4, 5], length: 60,
      options: [
        (1, Array("one".utf8)), (2, file.value(2)), (1, Array("two".utf8)), (8, file.value(17, 18)),
      ])
    file.interface(linkType: 101, snapshotLength: 3, options: [(9, [9]), (2, Array("tun0".utf8))])
    file.enhanced(1, time: 1_000_000_000_123_456_789, [0x45])
    file.obsolete(1, time: 2_000_000_000, [6, 7])
    file.simple([1, 2, 3, 4, 5, 6])
    file.block(5, [UInt8](repeating: 0, count: 12))
    return file
  }

  static let shown = [
    Shown(
      [1, 2, 3, 4, 5], length: 60, at: 1_000_000_000_123_456_000, comments: ["one", "two"],
      process: ProcessThread(process: 17, thread: 18), direction: .outbound),
    Shown([0x45], at: 1_000_000_000_123_456_789, linkType: 12, interface: 1),
    Shown([6, 7], at: 2_000_000_000, linkType: 12, interface: 1),
    Shown([1, 2, 3, 4, 5, 6], at: nil),
  ]

  @Test(arguments: [false, true])
  func `every kind of packet block is read and all other blocks are passed over`(big: Bool) {
    let reading = Reading(Self.file(bigEndian: big).all)
    #expect(reading.error == nil && reading.frames == Self.shown)
  }

  @Test func `sections may differ in byte order and number their interfaces anew`() throws {
    var file = Self.file(bigEndian: true)
    file.section(bigEndian: false, minor: 2)
    file.interface(linkType: 113, options: [(2, Array("any".utf8))])
    file.enhanced(time: 5_000_000, [1])
    let reading = Reading(file.all)
    #expect(reading.error == nil)
    #expect(
      reading.frames == Self.shown + [Shown([1], at: 5_000_000_000, linkType: 113, interface: 2)])
    let scratch = Scratch()
    scratch.fill(file.all)
    var names: [[UInt8]?] = []
    var opened = try CaptureFile(path: scratch.path)
    #expect(opened.isPcapng && opened.linkType == 1 && opened.interface(0)?.name != nil)
    while try opened.read(most: 1, { _ in true }) > 0 {
      names.append(opened.interface([0, 1, 1, 0, 2][names.count])?.name)
    }
    #expect(names == ["eth0", "tun0", "tun0", "eth0", "any"].map { Array($0.utf8) })
    #expect(opened.interface(0) == nil && opened.interface(9) == nil)
  }

  @Test(arguments: [
    (UInt8(6), UInt64(1_500_000), Int64(1_500_000_000)), (0, 3, 3_000_000_000),
    (3, 1_500, 1_500_000_000), (9, 7, 7), (12, 7_999, 7), (28, .max, 1), (29, .max, 0),
    (127, .max, 0), (0x80, 2, 2_000_000_000), (0x8a, 1536, 1_500_000_000),
    (0xa0, 0x1_8000_0000, 1_500_000_000), (0xff, .max, 0), (0, .max, .max), (6, .max, .max),
  ])
  func `timestamps count in the unit that the interface names`(
    resolution: UInt8, units: UInt64, nanoseconds: Int64
  ) {
    var file = PcapngBytes()
    file.section()
    file.interface(options: [(9, [resolution])])
    file.enhanced(time: units, [1])
    #expect(Reading(file.all).frames == [Shown([1], at: nanoseconds)])
  }

  @Test(arguments: [
    (Int64(0), Int64(1_000_000_000)), (100, 101_000_000_000), (-3, -2_000_000_000),
    (.max, .max), (.min, .min),
  ])
  func `the interface's offset is added to its timestamps`(offset: Int64, nanoseconds: Int64) {
    for big in [false, true] {
      var file = PcapngBytes()
      file.section(bigEndian: big)
      file.interface(options: [(14, file.signed(offset))])
      file.enhanced(time: 1_000_000, [1])
      #expect(Reading(file.all).frames == [Shown([1], at: nanoseconds)])
    }
  }

  @Test func `a simple packet has what its length, its block and the snapshot length allow`() {
    var file = PcapngBytes()
    file.section()
    file.interface(snapshotLength: 6)
    file.simple([1, 2, 3, 4, 5, 6, 7, 8], length: 60)
    file.simple([1, 2], length: 2)
    file.simple([1, 2, 3, 4], length: 60)
    #expect(
      Reading(file.all).frames == [
        Shown([1, 2, 3, 4, 5, 6], length: 60, at: nil), Shown([1, 2], at: nil),
        Shown([1, 2, 3, 4], length: 60, at: nil),
      ])
  }

  @Test func `a damaged option loses the options behind it and not the frame`() {
    var file = PcapngBytes()
    file.section()
    file.interface()
    file.enhanced(time: 1, [1], options: [(1, Array("kept".utf8)), (1, [])])
    var bytes = file.all
    // The length of the second, empty comment.
    let place = bytes.count - 4 - 4 - 2
    bytes[place] = 0xff
    let reading = Reading(bytes)
    #expect(reading.error == nil)
    #expect(reading.frames == [Shown([1], at: 1000, comments: ["kept"])])
  }

  @Test func `a frame with endless comments shows some of them`() {
    var file = PcapngBytes()
    file.section()
    file.interface()
    file.enhanced(time: 1, [1], options: (0..<1000).map { _ in (1, [65]) })
    #expect(Reading(file.all).frames.map(\.comments.count) == [Frame.mostComments])
  }

  @Test func `contradictions are damage at the offset of their block`() {
    func damage(_ build: (inout PcapngBytes) -> Void) -> CaptureError.Damage? {
      var file = PcapngBytes()
      file.section()
      file.interface()
      file.enhanced(time: 1, [1])
      let offset = UInt64(file.all.count)
      build(&file)
      let reading = Reading(file.all)
      #expect(reading.frames.count == 1 && reading.error?.offset == offset)
      guard case .damaged(let damage)? = reading.error?.failure else { return nil }
      return damage
    }
    #expect(damage { $0.enhanced(1, time: 1, [1]) } == .interface(1))
    #expect(damage { $0.enhanced(time: 1, [1], captured: 5) } == .packetLength(5))
    #expect(damage { $0.enhanced(time: 1, [1], captured: .max) } == .packetLength(.max))
    #expect(damage { $0.block(6, [0, 0, 0, 0]) } == .blockLength(16))
    #expect(damage { $0.block(99, [1, 2, 3]) } == .blockLength(15))
    #expect(damage { $0.block(99, [1, 2, 3, 4], trailing: 20) } == .trailingLength(20))
    #expect(
      damage { $0.block(1, [UInt8](repeating: 0, count: 8), trailing: 0) } == .trailingLength(0))
    #expect(damage { $0.section(major: 2) } == .version(major: 2, minor: 0))
    #expect(damage { $0.block(0x0a0d_0d0a, [1, 2, 3, 4]) } == .byteOrder(0x0102_0304))
  }

  @Test(arguments: 0..<file(bigEndian: false).all.count)
  func `a cut file gives what precedes the cut and says where`(count: Int) {
    let file = Self.file(bigEndian: false)
    let reading = Reading(Array(file.all.prefix(count)))
    let whole = file.ends.filter { $0 <= count }
    let packets = [7, 9, 10, 11].filter { $0 <= whole.count }
    #expect(reading.frames == Array(Self.shown.prefix(packets.count)))
    switch count {
    case 0: #expect(reading.error?.failure == .empty)
    case ..<4: #expect(reading.error?.failure == .notACapture)
    case whole.last: #expect(reading.error == nil)
    default:
      #expect(reading.error?.failure == .truncated)
      #expect(reading.error?.offset == UInt64(whole.last ?? 0))
    }
  }

  @Test func `very many interfaces are refused before they fill the memory`() {
    var file = PcapngBytes()
    file.section()
    file.interface(options: [(2, Array("eth0".utf8))])
    let one = file.all.suffix(file.ends[1] - file.ends[0])
    var bytes = file.all
    for _ in 0..<65_536 { bytes += one }
    #expect(Reading(bytes).error?.failure == .damaged(.tooManyInterfaces))
  }
}
