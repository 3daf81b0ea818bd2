import Digests

/// Digests that fingerprints are made of, in lower-case hexadecimal.
enum Digest {
  /// The first `count` digits of a text's SHA-256.
  static func sha256(_ text: String, digits count: Int) -> String {
    String(hexadecimal(SHA256.of(Array(text.utf8).span)).prefix(count))
  }

  /// A text's MD5; a name for a list here, no protection.
  static func md5(_ text: ArraySlice<UInt8>) -> String {
    hexadecimal(NamingDigest.md5(text.span))
  }

  /// A number of four digits.
  static func hexadecimal(_ number: UInt16) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 4 - text.count) + text
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
