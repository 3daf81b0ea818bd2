/// Telephone numbers of the Dutch plan in a text, with something that delimits them.
enum TelephoneNumber {
  /// One number with its place.
  struct Found: Hashable {
    /// Ten digits, the trunk prefix 0 first.
    let number: String
    /// Where it starts.
    let offset: Int
    /// How many bytes it has there.
    let length: Int
  }

  /// Numbers that are looked at in one text.
  static let most = 64

  /// `+31` or `0031` and nine digits, or ten digits from 0, with at most one blank or hyphen behind each group.
  static func dutch(in bytes: ArraySlice<UInt8>) -> [Found] {
    var found: [Found] = []
    var index = bytes.startIndex
    while index < bytes.endIndex, found.count < most {
      let isStart = index == bytes.startIndex || isDelimiter(bytes[index - 1])
      if isStart, let number = number(at: index, in: bytes) {
        found.append(number)
        index += number.length
      } else {
        index += 1
      }
    }
    return found
  }

  private static func number(at start: Int, in bytes: ArraySlice<UInt8>) -> Found? {
    var index = start
    var digits = ""
    let isInternational = bytes[index] == UInt8(ascii: "+")
    if isInternational { index += 1 }
    // Seventeen bytes hold the longest form with its separators.
    let limit = min(bytes.endIndex, start + 17)
    while index < limit {
      let byte = bytes[index]
      if (0x30...0x39).contains(byte) {
        digits.append(Character(UnicodeScalar(byte)))
      } else if byte != 0x20 && byte != UInt8(ascii: "-") || digits.isEmpty
        || isSeparator(bytes[index - 1])
        || index + 1 >= bytes.endIndex || !(0x30...0x39).contains(bytes[index + 1])
        || isComplete(digits, isInternational)
      {
        break
      }
      index += 1
    }
    guard index == bytes.endIndex || isDelimiter(bytes[index]) || endsSentence(index, in: bytes),
      let number = national(digits, isInternational)
    else { return nil }
    return Found(number: number, offset: start, length: index - start)
  }

  private static func isComplete(_ digits: String, _ isInternational: Bool) -> Bool {
    national(digits, isInternational) != nil
  }

  /// Ten digits from 0 with a prefix of the plan: geographic 01 to 05 and 07, mobile 06, 084, 085, 087 and 088.
  static func national(_ digits: String, _ isInternational: Bool) -> String? {
    var digits = Substring(digits)
    if isInternational {
      guard digits.hasPrefix("31") else { return nil }
      digits = "0" + digits.dropFirst(2)
    } else if digits.hasPrefix("0031") {
      digits = "0" + digits.dropFirst(4)
    }
    let values = digits.utf8.map { Int($0) - 0x30 }
    guard values.count == 10, values[0] == 0, Set(values).count > 2 else { return nil }
    switch values[1] {
    case 1...5, 7: return String(digits)
    case 6: return (1...8).contains(values[2]) ? String(digits) : nil
    case 8: return [4, 5, 7, 8].contains(values[2]) ? String(digits) : nil
    default: return nil
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "-")
  }

  /// What may stand around a number in a field; letters, digits and what joins longer identifiers may not.
  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: false
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "_"),
      UInt8(ascii: "%"),
      UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "$"), 0x80...0xff:
      false
    default: true
    }
  }

  /// A full stop behind which no digit or letter follows.
  private static func endsSentence(_ index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
    bytes[index] == UInt8(ascii: ".")
      && (index + 1 == bytes.endIndex || [9, 10, 13, 0x20].contains(bytes[index + 1]))
  }
}
