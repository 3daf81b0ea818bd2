/// A compression that is recognised by its first bytes; the raw value is its usual name.
public enum Compression: String, Hashable, Sendable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 8878.
  case zstd
  /// The .xz file format.
  case xz
  /// Julian Seward's bzip2.
  case bzip2
  /// The LZ4 frame format.
  case lz4

  /// The bytes that every such file begins with.
  public var magic: [UInt8] {
    switch self {
    case .gzip: [0x1f, 0x8b]
    case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
    case .bzip2: [0x42, 0x5a, 0x68]
    case .lz4: [0x04, 0x22, 0x4d, 0x18]
    }
  }

  /// The compression whose magic `bytes` begin with.
  init?(beginning bytes: Span<UInt8>) {
    for candidate in Self.allCases {
      let magic = candidate.magic
      guard bytes.count >= magic.count else { continue }
      if magic.indices.allSatisfy({ bytes[$0] == magic[$0] }) {
        self = candidate
        return
      }
    }
    return nil
  }
}
