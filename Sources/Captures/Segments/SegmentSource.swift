import Glibc

/// The bytes of one segment of a file, and of what follows as far as its last record needs them.
final class SegmentSource: ByteSource {
  /// One read behind the segment's end takes so much: only the rest of one record is wanted.
  private static let beyond = 16 * 1024

  private let file: SharedDescriptor
  private let name: String
  private var place: UInt64
  private let end: UInt64

  /// The segment at `range`; `name` stands in errors.
  init(_ file: SharedDescriptor, _ range: Range<UInt64>, name: String) {
    self.file = file
    self.name = name
    place = range.lowerBound
    end = range.upperBound
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    let most = place < end ? Int(clamping: end - place) : Self.beyond
    let part = unsafe UnsafeMutableRawBufferPointer(
      rebasing: memory.prefix(min(memory.count, most)))
    let got = unsafe file.read(at: place, into: part)
    guard got >= 0 else { throw CaptureError(source: name, code: errno) }
    place += UInt64(got)
    return got
  }
}
