import CNettle

/// HMAC (RFC 2104) over SHA-256 with one key.
public struct HMACSHA256: Sendable {
  private let key: [UInt8]

  /// With a key of any length.
  public init(key: [UInt8]) { self.key = key }

  /// The code of a message, 32 bytes.
  public func code(of message: [UInt8]) -> [UInt8] {
    var context = hmac_sha256_ctx()
    var code = [UInt8](repeating: 0, count: SHA256.count)
    unsafe nettle_hmac_sha256_set_key(&context, key.count, key)
    unsafe nettle_hmac_sha256_update(&context, message.count, message)
    unsafe nettle_hmac_sha256_digest(&context, code.count, &code)
    return code
  }
}
