import Testing

@testable import Identify

/// The examples of the standards; whole packets stand in `QUICTests`.
@Suite struct AES128Tests {
  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)!
    }
  }

  @Test func `a block is encrypted as in FIPS 197, appendix C`() {
    let cipher = AES128(key: Self.bytes("000102030405060708090a0b0c0d0e0f"))
    let block = Self.bytes("00112233445566778899aabbccddeeff")
    #expect(cipher.encrypt(block: block) == Self.bytes("69c4e0d86a7b0430d8cdb78070b4c55a"))
    #expect(cipher.encrypt(block: Array(block.dropLast())) == nil)
  }

  @Test func `what was sealed opens as in the specification of GCM, and no bit of it may change`() {
    let cipher = AES128(key: Self.bytes("feffe9928665731c6d6a8f9467308308"))
    let nonce = Self.bytes("cafebabefacedbaddecaf888")
    let head = Self.bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    let sealed = Self.bytes(
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
        + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
        + "5bc94fbc3221a5db94fae95ae7121a47")
    let plain = Self.bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    #expect(cipher.open(sealed, nonce: nonce, head: head) == plain)
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      #expect(cipher.open(changed, nonce: nonce, head: head) == nil)
    }
    #expect(cipher.open(sealed, nonce: nonce, head: Array(head.dropLast())) == nil)
    #expect(cipher.open(Array(sealed.prefix(15)), nonce: nonce, head: head) == nil)
  }

  @Test func `nothing sealed under an empty head opens as nothing`() {
    let zeros = [UInt8](repeating: 0, count: 16)
    let tag = Self.bytes("58e2fccefa7e3061367f1d57a4e7455a")
    let cipher = AES128(key: zeros)
    #expect(cipher.open(tag, nonce: Array(zeros.prefix(12)), head: []) == [])
    #expect(cipher.open(zeros, nonce: Array(zeros.prefix(12)), head: []) == nil)
  }

  @Test func `keys are derived as in RFC 5869, appendix A`() {
    let key = HKDF.extract(
      [UInt8](repeating: 0x0b, count: 22), salt: Self.bytes("000102030405060708090a0b0c"))
    #expect(
      key == Self.bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"))
    #expect(
      HKDF.expand(key, info: Self.bytes("f0f1f2f3f4f5f6f7f8f9"), count: 32)
        == Self.bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"))
    let unsalted = HKDF.extract([UInt8](repeating: 0x0b, count: 22), salt: [])
    #expect(
      unsalted == Self.bytes("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"))
    #expect(
      HKDF.expand(unsalted, info: [], count: 32)
        == Self.bytes("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"))
  }
}
