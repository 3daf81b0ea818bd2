/// Makes strings that came from outside fit for a terminal: one line, visible, and without any control.
///
/// What is not shown as it is becomes `\n`, `\x1b` or `\u{202e}`; a byte that is no UTF-8 becomes `\xNN`; a backslash
/// is doubled, so that nobody can forge an escape.
public enum Escaped {
  /// The text of a string.
  public static func text(_ string: String) -> String {
    if string.utf8.allSatisfy(isPlain) { return string }
    var result = ""
    for scalar in string.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  /// The text of bytes that ought to be UTF-8.
  public static func text(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy(isPlain) { return String(decoding: bytes, as: UTF8.self) }
    var result = ""
    scan(bytes) { scalar in
      append(scalar, to: &result)
    } invalid: { byte in
      result += hexadecimal(byte)
    }
    return result
  }

  /// A text of our own into which others may have put theirs: what is hidden is escaped, backslashes stay.
  public static func visible(_ bytes: [UInt8]) -> String {
    var result = ""
    scan(bytes) { scalar in
      if scalar == "\\" {
        result.unicodeScalars.append(scalar)
      } else {
        append(scalar, to: &result)
      }
    } invalid: { byte in
      result += hexadecimal(byte)
    }
    return result
  }

  /// The text cut to at most `limit` characters, the last then being an ellipsis; whole when `limit` is nil.
  public static func cut(_ text: String, to limit: Int?) -> String {
    guard let limit, text.count > limit else { return text }
    return limit < 1 ? "" : String(text.prefix(limit - 1)) + "\u{2026}"
  }

  /// At most `limit` characters of a text, what is left out marked in its inside: a command's program and its last word
  /// tell the most.
  public static func cutInside(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let end = max(0, limit - 1) / 3
    return limit < 1
      ? "" : String(text.prefix(limit - 1 - end)) + "\u{2026}" + String(text.suffix(end))
  }

  /// A command line: the arguments with spaces between them, those that need it in single quotes.
  public static func command(_ arguments: [[UInt8]]) -> String {
    arguments.map { argument in
      let isBare =
        !argument.isEmpty && argument.allSatisfy { !shellSpecial.contains($0) && $0 > 0x20 }
      if isBare { return text(argument) }
      return "'"
        + text(argument).split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }

  /// Arguments as a shell takes them to mean just these bytes: bare, in single quotes, or, where something would not be
  /// seen, in the quotes of bash, zsh and ksh that know `\\xNN`.
  static func typed(_ arguments: [[UInt8]]) -> String {
    arguments.map { argument in
      let shown = text(argument)
      if shown.utf8.elementsEqual(argument) { return command([argument]) }
      var isVisible = true
      scan(argument) {
        if isHidden($0) { isVisible = false }
      } invalid: { _ in
        isVisible = false
      }
      if isVisible {
        return "'" + String(decoding: argument, as: UTF8.self).replacing("'", with: "'\\''") + "'"
      }
      return "$'"
        + argument.map { byte in
          byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
            ? hexadecimal(byte) : String(UnicodeScalar(byte))
        }.joined() + "'"
    }.joined(separator: " ")
  }

  private static let shellSpecial = Set("\"'`$&|;<>()*?[]#~!{}".utf8)

  /// Whether a scalar must not reach a terminal: controls, formats (bidi, zero width, tags, the byte order mark),
  /// separators other than the space, what is unassigned or private, and what fonts leave out.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse,
      .surrogate:
      return true
    default:
      // Braille blank is a symbol without ink; the others are ignorable by definition (Hangul fillers, selectors).
      return scalar.value == 0x2800 || scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Walks bytes as UTF-8; every byte that belongs to no scalar goes to `invalid` by itself.
  static func scan(
    _ bytes: [UInt8], valid: (Unicode.Scalar) -> Void, invalid: (UInt8) -> Void
  ) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    // The parser may read ahead; where it errs it says how many bytes it gave up, so they are counted along.
    var position = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded):
        position += encoded.count
        valid(Unicode.UTF8.decode(encoded))
      case .error(let length):
        for byte in bytes[position..<min(position + length, bytes.count)] { invalid(byte) }
        position = min(position + length, bytes.count)
      case .emptyInput:
        return
      }
    }
  }

  /// `\xNN`.
  static func hexadecimal(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\\")
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where !isHidden(scalar): result.unicodeScalars.append(scalar)
    case _ where scalar.value < 0x80: result += hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
    default: result += "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }
}
