import CNettle

/// Digests that are too weak to protect anything and still name things: others defined those names by them.
public enum NamingDigest {
  /// SHA-1 (RFC 3174), 20 bytes.
  public static func sha1(_ bytes: Span<UInt8>) -> [UInt8] {
    var context = sha1_ctx()
    var digest = [UInt8](repeating: 0, count: 20)
    unsafe nettle_sha1_init(&context)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe nettle_sha1_update(&context, bytes.count, bytes.baseAddress)
    }
    unsafe nettle_sha1_digest(&context, digest.count, &digest)
    return digest
  }

  /// MD5 (RFC 1321), 16 bytes.
  public static func md5(_ bytes: Span<UInt8>) -> [UInt8] {
    var context = md5_ctx()
    var digest = [UInt8](repeating: 0, count: 16)
    unsafe nettle_md5_init(&context)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe nettle_md5_update(&context, bytes.count, bytes.baseAddress)
    }
    unsafe nettle_md5_digest(&context, digest.count, &digest)
    return digest
  }
}
