import CNettle

/// SHA-256 (FIPS 180-4), of bytes that come piece by piece.
public struct SHA256 {
  /// Bytes of a digest.
  public static let count = 32

  private var context = sha256_ctx()

  /// Of no bytes yet.
  public init() { unsafe nettle_sha256_init(&context) }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe nettle_sha256_update(&context, bytes.count, bytes.baseAddress)
    }
  }

  /// The digest of all bytes; afterwards it is of none again.
  public mutating func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Self.count)
    unsafe nettle_sha256_digest(&context, digest.count, &digest)
    return digest
  }

  /// The digest of these bytes.
  public static func of(_ bytes: Span<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}
