import Digests
import Testing

/// The examples of the standards.
@Suite struct DigestsTests {
  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)!
    }
  }

  private static let alphabet = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (alphabet, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
  ]) func `SHA-256 gives what FIPS 180-4 gives`(_ text: String, _ digest: String) {
    #expect(SHA256.of(Array(text.utf8).span) == Self.bytes(digest))
  }

  @Test func `bytes that come in pieces have the digest of all of them`() {
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = Self.bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(SHA256.of(million.span) == expected)
    var hash = SHA256()
    var start = 0
    while start < million.count {
      let end = min(million.count, start + 1 + start % 997)
      hash.update(million[start..<end].span)
      start = end
    }
    #expect(hash.finish() == expected)
    #expect(hash.finish() == SHA256.of([UInt8]().span))
  }

  @Test(arguments: [
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d", "900150983cd24fb0d6963f7d28e17f72"),
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e"),
  ]) func `SHA-1 and MD5 give what RFC 3174 and RFC 1321 give`(
    _ text: String, _ sha1: String, _ md5: String
  ) {
    #expect(NamingDigest.sha1(Array(text.utf8).span) == Self.bytes(sha1))
    #expect(NamingDigest.md5(Array(text.utf8).span) == Self.bytes(md5))
  }

  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]) func `HMAC gives what RFC 4231 gives`(_ key: [UInt8], _ message: [UInt8], _ code: String) {
    #expect(HMACSHA256(key: key).code(of: message) == Self.bytes(code))
  }
}
