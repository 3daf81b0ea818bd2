import CArchive

/// A compression that is recognised by its first bytes; the raw value is its usual name.
public enum Compression: String, Hashable, Sendable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 8878; also with a skippable frame in front, as parallel compressors write it.
  case zstd
  /// The .xz file format.
  case xz
  /// Julian Seward's bzip2.
  case bzip2
  /// The LZ4 frame format.
  case lz4
  /// compress(1): the .Z files of old.
  case compress
  /// The .lz file format.
  case lzip

  /// The bytes that every such file begins with.
  public var magic: [UInt8] {
    switch self {
    case .gzip: [0x1f, 0x8b]
    case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
    case .bzip2: [0x42, 0x5a, 0x68]
    case .lz4: [0x04, 0x22, 0x4d, 0x18]
    case .compress: [0x1f, 0x9d]
    case .lzip: [0x4c, 0x5a, 0x49, 0x50]
    }
  }

  /// libarchive's number of the filter that undoes it.
  var filter: Int32 {
    switch self {
    case .gzip: ARCHIVE_FILTER_GZIP
    case .zstd: ARCHIVE_FILTER_ZSTD
    case .xz: ARCHIVE_FILTER_XZ
    case .bzip2: ARCHIVE_FILTER_BZIP2
    case .lz4: ARCHIVE_FILTER_LZ4
    case .compress: ARCHIVE_FILTER_COMPRESS
    case .lzip: ARCHIVE_FILTER_LZIP
    }
  }

  /// The compression whose magic `bytes` begin with.
  init?(beginning bytes: Span<UInt8>) {
    for candidate in Self.allCases where bytes.begins(with: candidate.magic) {
      self = candidate
      return
    }
    // RFC 8878 section 3.1.2: 0x184D2A50 to 0x184D2A5F, little-endian.
    guard bytes.count >= 4, bytes[0] & 0xf0 == 0x50, bytes[1] == 0x2a, bytes[2] == 0x4d,
      bytes[3] == 0x18
    else { return nil }
    self = .zstd
  }
}
