/// A regular file in an archive.
struct ArchiveMember {
  /// Names are cut here.
  static let longestName = 4_096

  /// Its path in the archive, raw; nil for what is compressed and no archive.
  let name: [UInt8]?
  /// Which member it is, from 1.
  let number: Int
}

/// The bytes of the present member of an archive; they end when the archive goes on to another one.
final class MemberSource: ByteSource {
  private let reader: ArchiveReader
  private let number: Int

  /// The member that `reader` has just come to.
  init(_ reader: ArchiveReader, _ member: ArchiveMember) {
    self.reader = reader
    number = member.number
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    guard reader.members == number, !reader.isDead else { return 0 }
    return try unsafe reader.read(into: memory)
  }
}
