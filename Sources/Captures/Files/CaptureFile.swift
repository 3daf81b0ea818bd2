import Glibc

/// A capture file, or a pipe of one: pcap of every kind and pcapng.
///
/// libpcap judges a pcap file's header that is out of the ordinary and numbers the link types that have two numbers. The
/// records are walked here, twice as fast as `pcap_next_ex` walks them, and pcapng is read here altogether: libpcap
/// refuses files whose interfaces differ in link type, and does not tell which interface a frame
/// came from.
public struct CaptureFile: ~Copyable {
  /// The longest frame or block that is held in memory: 16 MiB.
  static let longestBlock = 16 * 1024 * 1024

  var input: BufferedInput
  let pcap: PcapLayout?
  var section: PcapngSection
  /// How many frames have been delivered.
  public internal(set) var frameCount: Int
  /// The frame that ``read(most:before:sifting:_:)`` walked last, delivered or not.
  public internal(set) var last: LastFrame
  /// The first frame that was walked, delivered or not.
  public internal(set) var first: LastFrame
  /// Whether nothing more can be read: the end was met, or damage.
  public internal(set) var hasEnded: Bool
  /// The frames of the batch that lies ready.
  var places: [FrameBatch.Place]
  /// What is passed without being held.
  var passing: PassedBytes
  /// What reading went past.
  var damage: PassedDamage

  /// The member of an archive that it is, raw; nil outside of archives.
  public let member: [UInt8]?
  /// Whether its bytes had to be unpacked.
  public let isUnpacked: Bool

  /// Opens the file at `path`, `-` being standard input; reads as far as the link type.
  ///
  /// A compressed capture is unpacked as it is read; an archive is for ``CaptureContainer``.
  ///
  /// A pipe can make its reader wait for ever. When `interrupt` is given, each wait for a pipe, and
  /// the opening of one that has a name, also ends when that descriptor becomes readable; it is
  /// neither read nor closed here.
  ///
  /// - Throws: `CaptureError`, also when the first bytes are those of no capture file.
  public init(path: String, interrupt: Int32? = nil) throws(CaptureError) {
    self = try Self.opened(try Self.input(path: path, interrupt), interrupt)
  }

  /// Reads from an open descriptor, which it takes over; `name` stands in errors.
  ///
  /// - Throws: `CaptureError` as ``init(path:interrupt:)``.
  public init(descriptor: Int32, name: String, interrupt: Int32? = nil) throws(CaptureError) {
    let input = try BufferedInput(descriptor: descriptor, source: name, interrupt: interrupt)
    self = try Self.opened(input, interrupt)
  }

  /// Opens the bytes at `path`, whatever they are.
  static func input(
    path: String, _ interrupt: Int32?, meter: ByteMeter? = nil
  ) throws(CaptureError) -> BufferedInput {
    // Opened without blocking, a pipe with a name does not wait for its writer: the first read
    // does.
    let waits = interrupt == nil ? 0 : O_NONBLOCK
    let descriptor =
      path == "-"
      ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      : unsafe open(RawPath.terminated(path), O_RDONLY | O_CLOEXEC | O_NOCTTY | waits)
    guard descriptor >= 0 else { throw CaptureError(source: path, code: errno) }
    return try BufferedInput(
      descriptor: descriptor, source: path, interrupt: interrupt, meter: meter)
  }

  private static func opened(
    _ input: consuming BufferedInput, _ interrupt: Int32?
  ) throws(CaptureError) -> CaptureFile {
    let name = input.source
    var layers = InputLayers(interrupt: interrupt.map { Interrupt(descriptor: $0) })
    let content = try layers.open(input)
    switch consume content {
    case .file(let input):
      return try reading(input, isUnpacked: layers.depth > 0)
    case .archive: throw CaptureError(source: name, failure: .compressed)
    }
  }

  /// Reads the capture that `input` holds.
  static func reading(
    _ input: consuming BufferedInput, member: [UInt8]? = nil, isUnpacked: Bool
  ) throws(CaptureError) -> CaptureFile {
    do throws(CaptureError) {
      var input = input
      let layout = try Self.layout(of: &input)
      var file = CaptureFile(input, layout, member: member, isUnpacked: isUnpacked)
      if layout == nil { try file.readFirstInterface() }
      file.input.wait(opening: nil)
      return file
    } catch {
      throw isUnpacked ? error.inside(member) : error
    }
  }

  /// A reader of `input` that stands between two records, in this section.
  init(
    _ input: consuming BufferedInput, _ layout: PcapLayout?,
    _ section: PcapngSection = PcapngSection(), member: [UInt8]? = nil, isUnpacked: Bool
  ) {
    self.input = input
    pcap = layout
    self.section = section
    frameCount = 0
    last = .none
    first = .none
    hasEnded = false
    places = []
    passing = PassedBytes()
    damage = PassedDamage()
    self.member = member
    self.isUnpacked = isUnpacked
  }

  /// Tells pcap (its layout) from pcapng (nil) by the magic.
  private static func layout(of input: inout BufferedInput) throws(CaptureError) -> PcapLayout? {
    let hasMagic = try input.require(4)
    let source = input.source
    guard input.available > 0 else {
      throw CaptureError(source: source, failure: .empty, message: "0 bytes")
    }
    guard hasMagic else { throw CaptureError(source: source, failure: .notACapture) }
    let magic = input.uint32(at: 0)
    if magic == PcapngSection.header { return nil }
    guard let kind = PcapLayout.Kind(magic: magic) else {
      // More than the marks of other formats, of which some are words.
      let begin = stride(from: 0, to: min(input.available, 24) / 4 * 4, by: 4).map {
        input.uint32(at: $0)
      }
      let isText = begin.allSatisfy { word in
        stride(from: 0, to: 32, by: 8).allSatisfy { shift in
          let byte = UInt8(truncatingIfNeeded: word >> UInt32(shift))
          return (0x20...0x7e).contains(byte) || (0x09...0x0d).contains(byte)
        }
      }
      throw CaptureError(
        source: source, failure: .notACapture, message: isText ? "it begins with text" : nil)
    }
    return try PcapLayout(kind: kind, from: &input)
  }

  /// libpcap's DLT number of the file, or of its first interface; nil for pcapng that begins with
  /// no interface.
  public var linkType: Int32? { pcap?.linkType ?? section.interfaces.first?.linkType }

  /// The LINKTYPE number in the file, which differs from the DLT number for raw IP and some others.
  public var fileLinkType: Int32? { pcap?.fileLinkType ?? section.interfaces.first?.fileLinkType }

  /// The most bytes of a frame that were kept, of the first interface; 0: no limit was told.
  public var snapshotLength: Int {
    pcap?.snapshotLength ?? section.interfaces.first?.snapshotLength ?? 0
  }

  /// Whether the file's (or its first interface's) timestamps are finer than microseconds.
  public var isNanosecond: Bool {
    pcap?.isNanosecond ?? (section.clocks.first?.unit.isFinerThanMicroseconds ?? false)
  }

  /// Whether the file is pcapng.
  public var isPcapng: Bool { pcap == nil }

  /// How many bytes have been walked.
  public var bytesRead: UInt64 { input.offset }

  /// The size of a regular file when it was opened; nil for a pipe.
  public var size: UInt64? { input.size }

  /// The path, or the name given for the descriptor.
  public var name: String { input.source }

  /// The interface of the frame that was read last, by its number; nil for pcap, and for one of an
  /// earlier section.
  public func interface(_ number: Int) -> CaptureInterface? {
    let index = number - section.firstInterface
    return section.interfaces.indices.contains(index) ? section.interfaces[index] : nil
  }

  /// Delivers at most `count` frames to `body`, which returns whether to go on, and says how many
  /// it delivered.
  ///
  /// Zero means that the file has ended. After an error other than `interrupted` the file has ended: what
  /// precedes damage is delivered before, and what lies behind it as far as records are found there; the
  /// first damage is then thrown at the end.
  ///
  /// - Throws: `CaptureError` with the offset of the record that is damaged or cut.
  public mutating func read(
    most count: Int, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Int {
    try walk(most: count, before: .max, body)
  }

  /// As ``read(most:_:)``, of the records that begin before `end`.
  mutating func walk(
    most count: Int, before end: UInt64, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Int {
    guard !hasEnded, count > 0 else { return 0 }
    let before = frameCount
    do throws(CaptureError) {
      while true {
        guard try searchBehindDamage(before: end) else { break }
        do throws(CaptureError) {
          try readRecords(most: count - (frameCount - before), before: end, body)
          break
        } catch {
          // At the end the first damage is thrown once more.
          guard !hasEnded, note(damage: error) else { throw error }
        }
      }
    } catch {
      // An interrupted wait loses nothing: the next call goes on with the same record.
      hasEnded = error.failure != .interrupted
      throw placed(error.failure == .truncated ? joined(cut: error) : error)
    }
    return frameCount - before
  }

  private mutating func readRecords(
    most count: Int, before end: UInt64, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    if let layout = pcap {
      try readPcap(most: count, before: end, layout, body)
    } else {
      try readPcapng(most: count, before: end, body)
    }
  }

  /// An error with what is known of the input that it is about.
  func placed(_ error: CaptureError) -> CaptureError {
    isUnpacked ? error.inside(member) : error.of(size: input.size)
  }

  /// An error about the record that begins at the input's offset.
  func error(_ failure: CaptureError.Failure) -> CaptureError {
    CaptureError(source: input.source, failure: failure, offset: input.offset)
  }

  /// The end of the input between two records: sound, unless the file has shrunk meanwhile.
  mutating func finish() throws(CaptureError) {
    hasEnded = true
    if let error = damage.error { throw error }
    if input.available > 0 || input.hasShrunk { throw error(.truncated) }
  }
}
