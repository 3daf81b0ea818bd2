/// The words of one line of a rule file.
struct RuleWords {
  /// The line's number, from 1.
  let line: Int
  private var rest: ArraySlice<UInt8>
  private var pushed: String?

  init(_ raw: ArraySlice<UInt8>, line: Int) {
    self.line = line
    rest = raw.last == 13 ? raw.dropLast() : raw
  }

  /// The next word; nil at the line's end or before a comment.
  mutating func next() throws(RuleFault) -> String? {
    if let word = pushed {
      pushed = nil
      return word
    }
    rest = rest.drop { $0 == 0x20 || $0 == 9 }
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    let word = rest.prefix { $0 != 0x20 && $0 != 9 }
    rest = rest.dropFirst(word.count)
    guard word.isPrintableASCII else {
      throw RuleFault(line, .notText, String(decoding: word.prefix(32), as: UTF8.self))
    }
    return String(decoding: word.prefix(256), as: UTF8.self)
  }

  /// A decimal number.
  mutating func number(most: Int) throws(RuleFault) -> Int {
    let word = try next() ?? ""
    guard let value = Array(word.utf8).asDecimal else { throw RuleFault(line, .noNumber, word) }
    guard value <= most else { throw RuleFault(line, .numberTooHigh, word) }
    return value
  }

  /// `LEAST` or `LEAST..MOST`.
  mutating func range() throws(RuleFault) -> ClosedRange<Int> {
    let word = try next() ?? ""
    let bytes = Array(word.utf8)
    let dots = bytes.indices.dropLast().first { bytes[$0] == 0x2e && bytes[$0 + 1] == 0x2e }
    let parts = dots.map { [bytes[..<$0], bytes[($0 + 2)...]] } ?? [bytes[...], bytes[...]]
    guard let least = parts[0].asDecimal, let most = parts[1].asDecimal, least <= most, least > 0
    else { throw RuleFault(line, .noNumber, word) }
    guard most <= 65_535 else { throw RuleFault(line, .numberTooHigh, word) }
    return least...most
  }

  /// `hex BYTES`, with a mask where one is allowed, or `text "..."`.
  mutating func value(
    allowsMask: Bool
  ) throws(RuleFault) -> (bytes: [UInt8], mask: [UInt8]) {
    let kind = try next() ?? ""
    switch kind {
    case "text":
      let bytes = try text()
      return (bytes, Array(repeating: 0xff, count: bytes.count))
    case "hex":
      let bytes = try hexadecimal()
      guard let word = try next() else {
        return (bytes, Array(repeating: 0xff, count: bytes.count))
      }
      guard word == "mask", allowsMask else { throw RuleFault(line, .unknownWord, word) }
      let mask = try hexadecimal()
      guard mask.count == bytes.count, mask.contains(where: { $0 != 0 }) else {
        throw RuleFault(line, .badMask)
      }
      return (bytes, mask)
    default: throw RuleFault(line, .noValue, kind)
    }
  }

  /// Pairs of hexadecimal digits, blanks between them as one likes.
  private mutating func hexadecimal() throws(RuleFault) -> [UInt8] {
    var digits: [UInt8] = []
    while let word = try next() {
      guard let values = Self.digits(word) else {
        guard !digits.isEmpty else { throw RuleFault(line, .badHexadecimal, word) }
        pushed = word
        break
      }
      digits += values
      guard digits.count <= RuleLimits.valueBytes * 2 else { throw RuleFault(line, .tooLong) }
    }
    guard !digits.isEmpty, digits.count % 2 == 0 else { throw RuleFault(line, .badHexadecimal) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func digits(_ word: String) -> [UInt8]? {
    var values: [UInt8] = []
    for byte in word.utf8 {
      switch byte {
      case 0x30...0x39: values.append(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: values.append((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return values
  }

  /// Text between quotes; `\r`, `\n`, `\t`, `\0`, `\\`, `\"` and `\xHH` stand for a byte each.
  private mutating func text() throws(RuleFault) -> [UInt8] {
    rest = rest.drop { $0 == 0x20 || $0 == 9 }
    guard rest.first == 0x22 else { throw RuleFault(line, .badText) }
    rest = rest.dropFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == 0x22 {
        guard !bytes.isEmpty else { throw RuleFault(line, .badText) }
        return bytes
      }
      bytes.append(byte == 0x5c ? try escaped() : byte)
      guard bytes.count <= RuleLimits.valueBytes else { throw RuleFault(line, .tooLong) }
    }
    throw RuleFault(line, .badText)
  }

  private mutating func escaped() throws(RuleFault) -> UInt8 {
    switch rest.popFirst() {
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "0"): return 0
    case 0x5c: return 0x5c
    case 0x22: return 0x22
    case UInt8(ascii: "x"):
      let digits = Self.digits(String(decoding: rest.prefix(2), as: UTF8.self)) ?? []
      guard digits.count == 2 else { throw RuleFault(line, .badText) }
      rest = rest.dropFirst(2)
      return digits[0] << 4 | digits[1]
    default: throw RuleFault(line, .badText)
    }
  }
}
