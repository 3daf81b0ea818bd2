import CNettle

/// The block cipher AES (FIPS 197) with a key of 128 bits.
struct AES128 {
  /// Bytes of a block, and of a key.
  static let count = 16
  /// Bytes of the tag that proves what was encrypted to be whole.
  static let tagCount = 16

  private let key: [UInt8]

  /// With a key of 16 bytes.
  init(key: [UInt8]) {
    precondition(key.count == Self.count)
    self.key = key
  }

  /// A block of 16 bytes, encrypted; nil when it is no block.
  func encrypt(block: [UInt8]) -> [UInt8]? {
    guard block.count == Self.count else { return nil }
    var context = aes128_ctx()
    var result = [UInt8](repeating: 0, count: Self.count)
    unsafe nettle_aes128_set_encrypt_key(&context, key)
    unsafe nettle_aes128_encrypt(&context, Self.count, &result, block)
    return result
  }

  /// What Galois/Counter Mode (NIST SP 800-38D) encrypted and authenticated together with `head`, the tag behind it; nil
  /// when the tag does not fit.
  func open(_ sealed: [UInt8], nonce: [UInt8], head: [UInt8]) -> [UInt8]? {
    let count = sealed.count - Self.tagCount
    guard count >= 0 else { return nil }
    var context = gcm_aes128_ctx()
    var plain = [UInt8](repeating: 0, count: count)
    var tag = [UInt8](repeating: 0, count: Self.tagCount)
    unsafe nettle_gcm_aes128_set_key(&context, key)
    unsafe nettle_gcm_aes128_set_iv(&context, nonce.count, nonce)
    unsafe nettle_gcm_aes128_update(&context, head.count, head)
    unsafe nettle_gcm_aes128_decrypt(&context, count, &plain, sealed)
    unsafe nettle_gcm_aes128_digest(&context, tag.count, &tag)
    // Everybody can derive these keys: how long a comparison takes gives nothing away.
    return sealed[count...].elementsEqual(tag) ? plain : nil
  }
}
