/// Values of the Redis serialization protocol, versions 2 and 3.
enum RESP {
  /// How reading a value ended.
  enum Outcome {
    /// The whole value was there.
    case whole
    /// The bytes end within it.
    case cut
    /// It is none.
    case wrong
  }

  /// Values within values that are followed.
  private static let deepest = 8
  /// Elements that a collection may claim to have.
  private static let mostElements = 16_777_216

  /// Passes one value.
  static func pass(_ bytes: [UInt8], _ offset: inout Int, depth: Int = 0) -> Outcome {
    guard depth <= deepest else { return .wrong }
    guard offset < bytes.count else { return .cut }
    let kind = bytes[offset]
    guard "+-:$*_#,(!=%~>|".utf8.contains(kind) else { return .wrong }
    var position = offset + 1
    guard let line = line(bytes, &position) else {
      return isBeginning(kind, bytes[(offset + 1)...]) ? .cut : .wrong
    }
    switch kind {
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard line.isText, kind == UInt8(ascii: "+") || !line.isEmpty else { return .wrong }
    case UInt8(ascii: ":"), UInt8(ascii: "("):
      guard isInteger(line) else { return .wrong }
    case UInt8(ascii: "_"): guard line.isEmpty else { return .wrong }
    case UInt8(ascii: "#"): guard line.asText == "t" || line.asText == "f" else { return .wrong }
    case UInt8(ascii: ","): guard isDouble(line) else { return .wrong }
    case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "="):
      if kind == UInt8(ascii: "$"), line.elementsEqual("-1".utf8) { break }
      guard let length = line.asDecimal, length <= 536_870_912 else { return .wrong }
      let left = bytes.count - position
      guard left >= length + 2 else {
        let isEndSound = left <= length || bytes[position + length] == 13
        return isEndSound ? .cut : .wrong
      }
      guard bytes[position + length] == 13, bytes[position + length + 1] == 10 else {
        return .wrong
      }
      position += length + 2
    default:
      if kind == UInt8(ascii: "*"), line.elementsEqual("-1".utf8) { break }
      guard let count = line.asDecimal, count <= mostElements else { return .wrong }
      let isPaired = kind == UInt8(ascii: "%") || kind == UInt8(ascii: "|")
      for _ in 0..<(isPaired ? count * 2 : count) {
        let outcome = pass(bytes, &position, depth: depth + 1)
        guard case .whole = outcome else { return outcome }
      }
    }
    offset = position
    return .whole
  }

  /// A command: an array of bulk strings. The strings that are whole are given, at most 16.
  static func command(_ bytes: [UInt8], _ offset: inout Int) -> (
    outcome: Outcome, words: [ArraySlice<UInt8>]
  ) {
    guard offset < bytes.count else { return (.cut, []) }
    guard bytes[offset] == UInt8(ascii: "*") else { return (.wrong, []) }
    var position = offset + 1
    guard let line = line(bytes, &position) else {
      return (isBeginning(bytes[offset], bytes[(offset + 1)...]) ? .cut : .wrong, [])
    }
    guard let count = line.asDecimal, (1...1_048_576).contains(count) else { return (.wrong, []) }
    var words: [ArraySlice<UInt8>] = []
    for _ in 0..<count {
      guard position < bytes.count else { return (.cut, words) }
      guard bytes[position] == UInt8(ascii: "$") else { return (.wrong, words) }
      let start = position
      let outcome = pass(bytes, &position)
      guard case .whole = outcome else { return (outcome, words) }
      let content = bytes[start..<position].firstIndex(of: 10).map { $0 + 1 } ?? position
      guard content <= position - 2 else { return (.wrong, words) }
      if words.count < 16 { words.append(bytes[content..<position - 2]) }
    }
    offset = position
    return (.whole, words)
  }

  private static func line(_ bytes: [UInt8], _ position: inout Int) -> ArraySlice<UInt8>? {
    guard let feed = bytes[position...].firstIndex(of: 10), feed > position, bytes[feed - 1] == 13
    else { return nil }
    defer { position = feed + 1 }
    return bytes[position..<feed - 1]
  }

  /// Whether bytes without a line's end may still become a value's first line.
  private static func isBeginning(_ kind: UInt8, _ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.contains(10) else { return false }
    let content = bytes.last == 13 ? bytes.dropLast() : bytes
    switch kind {
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return content.isText
    case UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ","):
      return content.count <= 400 && content.isPrintableASCII
    default:
      return content.count <= 10
        && content.allSatisfy {
          (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x74 || $0 == 0x66
        }
    }
  }

  private static func isInteger(_ line: ArraySlice<UInt8>) -> Bool {
    let digits = line.first == 0x2d || line.first == 0x2b ? line.dropFirst() : line
    return !digits.isEmpty && digits.count <= 400
      && digits.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isDouble(_ line: ArraySlice<UInt8>) -> Bool {
    !line.isEmpty && line.count <= 64
      && line.allSatisfy { (0x30...0x39).contains($0) || "+-.eEinfa".utf8.contains($0) }
  }
}
