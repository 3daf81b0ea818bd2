/// A snoop file (RFC 1761), as Solaris wrote them, told as the pcap file of the same frames.
final class SnoopSource: ByteSource {
  /// The eight bytes that every such file begins with.
  static let magic: [UInt8] = [0x73, 0x6e, 0x6f, 0x6f, 0x70, 0, 0, 0]

  private var input: BufferedInput
  /// What waits to be read.
  private var ready: [UInt8]
  private var taken = 0

  /// Reads on behind the magic, which lies ready.
  ///
  /// - Throws: `CaptureError` when the header is cut or of another version.
  init(_ input: consuming BufferedInput) throws(CaptureError) {
    var input = input
    guard try input.require(16) else {
      throw CaptureError(source: input.source, failure: .truncated, offset: 0)
    }
    let version = input.unread.uint32(at: 8, bigEndian: true)
    // Version 1 differs in nothing that is read here.
    guard version == 2 || version == 1 else {
      throw CaptureError(
        source: input.source, failure: .damaged(.header),
        message: "snoop of version \(version)", offset: 8)
    }
    let link = Self.linkType(input.unread.uint32(at: 12, bigEndian: true))
    input.skip(16)
    self.input = input
    ready = []
    for number: UInt32 in [0xa1b2_c3d4, 2 | 4 << 16, 0, 0, 262_144, link] { append(number) }
  }

  /// The LINKTYPE of one of snoop's numbers; what has none gets one that nobody reads.
  private static func linkType(_ number: UInt32) -> UInt32 {
    switch number {
    case 0, 4: 1
    case 2: 6
    case 8: 10
    default: 0xffff
    }
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    if taken == ready.count {
      ready.removeAll(keepingCapacity: true)
      taken = 0
      guard try takeRecord() else { return 0 }
    }
    let count = min(ready.count - taken, memory.count)
    unsafe ready.withUnsafeBytes { bytes in
      unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + count]))
    }
    taken += count
    return count
  }

  /// Takes in one record: two lengths, the record's own, drops, a time, the frame, and padding.
  private func takeRecord() throws(CaptureError) -> Bool {
    guard try input.require(24) else {
      guard input.available == 0 else { throw error(.truncated) }
      return false
    }
    let length = input.unread.uint32(at: 0, bigEndian: true)
    let captured = input.unread.uint32(at: 4, bigEndian: true)
    let record = input.unread.uint32(at: 8, bigEndian: true)
    let seconds = input.unread.uint32(at: 16, bigEndian: true)
    let microseconds = input.unread.uint32(at: 20, bigEndian: true)
    guard captured <= PcapLayout.longestRecord, record >= 24, record - 24 >= captured,
      record - 24 - captured <= 65_536
    else { throw error(.damaged(.recordLength(captured))) }
    guard try input.require(24 + Int(captured)) else { throw error(.truncated) }
    for number in [seconds, microseconds, captured, max(length, captured)] { append(number) }
    for index in 0..<Int(captured) { ready.append(input.unread[24 + index]) }
    // The padding of the last record is sometimes left out.
    _ = try input.discard(Int(record))
    return true
  }

  private func error(_ failure: CaptureError.Failure) -> CaptureError {
    CaptureError(source: input.source, failure: failure, offset: input.offset)
  }

  /// Adds a number in the pcap file's byte order, little-endian.
  private func append(_ number: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] {
      ready.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
