/// What protocols that speak in ASCII ask of a run of bytes.
extension Collection<UInt8> {
  /// The bytes as text, repaired where they are not UTF-8.
  var asText: String { String(decoding: self, as: UTF8.self) }

  /// The bytes as text in ASCII upper case; other bytes stay.
  var asUppercaseText: String {
    String(decoding: map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 }, as: UTF8.self)
  }

  /// The bytes as text in ASCII lower case; other bytes stay.
  var asLowercaseText: String {
    String(decoding: map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// The number that at most nine decimal digits, and nothing else, spell.
  var asDecimal: Int? {
    guard !isEmpty, count <= 9 else { return nil }
    var value = 0
    for byte in self {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte & 15)
    }
    return value
  }

  /// Whether every byte is printable ASCII or a space.
  var isPrintableASCII: Bool { allSatisfy { (0x20...0x7e).contains($0) } }

  /// Whether no byte is a control character, tabs aside.
  var isText: Bool { allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 9 } }

  /// Whether it is a non-empty token of RFC 9110 section 5.6.2.
  var isToken: Bool {
    !isEmpty
      && allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// Whether it begins with `text`, ASCII letters compared without case.
  func startsIgnoringCase(_ text: String) -> Bool {
    let expected = text.utf8
    return count >= expected.count
      && zip(self, expected).allSatisfy { $0 == $1 || Self.areSameLetter($0, $1) }
  }

  /// Whether it is cut off within `text`, ASCII letters compared without case.
  func isBeginningIgnoringCase(of text: String) -> Bool {
    let expected = text.utf8
    return count < expected.count
      && zip(self, expected).allSatisfy { $0 == $1 || Self.areSameLetter($0, $1) }
  }

  /// Whether `text` stands in it, ASCII letters compared without case.
  func containsIgnoringCase(_ text: String) -> Bool {
    var index = startIndex
    var left = count - text.utf8.count
    while left >= 0 {
      if self[index...].startsIgnoringCase(text) { return true }
      formIndex(after: &index)
      left -= 1
    }
    return false
  }

  private static func areSameLetter(_ left: UInt8, _ right: UInt8) -> Bool {
    left ^ right == 0x20 && (0x61...0x7a).contains(left | 0x20)
  }
}

extension ArraySlice<UInt8> {
  /// Without the spaces and tabs at both ends.
  var withoutBlanks: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first == 0x20 || first == 9 { slice.removeFirst() }
    while let last = slice.last, last == 0x20 || last == 9 { slice.removeLast() }
    return slice
  }

  /// The words between single or repeated spaces, at most `most`, the last one with all that follows.
  func words(most: Int = 16) -> [ArraySlice<UInt8>] {
    split(separator: 0x20, maxSplits: Swift.max(0, most - 1), omittingEmptySubsequences: true)
  }
}
