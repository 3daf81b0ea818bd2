/// A reply of three digits and text, on one line or on several, as SMTP (RFC 5321 section 4.2), FTP (RFC 959 section
/// 4.2) and NNTP (RFC 3977 section 3.2) give it.
struct NumericReply {
  /// The three digits.
  let code: Int
  /// The text of its lines, without the code where the line has it.
  let lines: [ArraySlice<UInt8>]
  /// Where it begins.
  let offset: Int
  /// Whether its last line was there.
  let isWhole: Bool
  /// Whether each of its lines begins with the code, as SMTP wants it.
  let repeatsCode: Bool

  /// The text of the first line.
  var text: ArraySlice<UInt8> { lines.first ?? [] }

  /// Whether one of its lines holds a word.
  func mentions(_ word: String) -> Bool { lines.contains { $0.containsIgnoringCase(word) } }

  /// Lines of one reply that are kept.
  private static let mostLines = 32

  /// The replies at the beginning of a server's bytes. `isWrong` when not even one stands there or may come to.
  static func all(in bytes: [UInt8], most: Int = 16) -> (replies: [NumericReply], isWrong: Bool) {
    var replies: [NumericReply] = []
    var lines = Lines(bytes, most: 256)
    while replies.count < most, let line = lines.next() {
      guard let (code, isLast, text) = split(line), line.isWhole else {
        let isBeginning = !line.isWhole && isBeginning(line)
        return (replies, replies.isEmpty && !isBeginning)
      }
      var kept = [text]
      var isWhole = isLast
      var repeatsCode = true
      while !isWhole, let more = lines.next() {
        guard more.isWhole, more.isText else { break }
        if let (again, last, text) = split(more), again == code {
          if kept.count < mostLines { kept.append(text) }
          isWhole = last
        } else {
          repeatsCode = false
          if kept.count < mostLines { kept.append(more.bytes) }
        }
      }
      replies.append(
        NumericReply(
          code: code, lines: kept, offset: line.offset, isWhole: isWhole, repeatsCode: repeatsCode))
      if !isWhole { break }
    }
    return (replies, false)
  }

  private static func split(
    _ line: Lines.Line
  ) -> (code: Int, isLast: Bool, text: ArraySlice<UInt8>)? {
    guard line.isText, let code = line.bytes.prefix(3).asDecimal, line.bytes.count >= 3,
      (100...599).contains(code)
    else { return nil }
    guard let separator = line.bytes.dropFirst(3).first else { return (code, true, []) }
    guard separator == 0x20 || separator == 0x2d else { return nil }
    return (code, separator == 0x20, line.bytes.dropFirst(4))
  }

  private static func isBeginning(_ line: Lines.Line) -> Bool {
    let digits = line.bytes.prefix(3)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), line.bytes.dropLast().isText else {
      return false
    }
    guard let separator = line.bytes.dropFirst(3).first else { return true }
    return separator == 0x20 || separator == 0x2d || separator == 13
  }
}
