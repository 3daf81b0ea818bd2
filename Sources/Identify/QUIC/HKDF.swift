import Digests

/// Key derivation by HMAC with SHA-256 (RFC 5869), for keys of one block.
enum HKDF {
  /// The pseudorandom key of a secret.
  static func extract(_ secret: [UInt8], salt: [UInt8]) -> [UInt8] {
    HMACSHA256(key: salt).code(of: secret)
  }

  /// `count` bytes, at most 32, of a pseudorandom key for a purpose.
  static func expand(_ key: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
    precondition(count <= SHA256.count)
    return Array(HMACSHA256(key: key).code(of: info + [1]).prefix(count))
  }
}
