/// How many columns of a terminal a text takes, and texts of so many columns. The texts are escaped and not coloured.
enum TextWidth {
  /// Blocks whose characters take two columns (Unicode's EastAsianWidth.txt, W and F), as far as terminals agree.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
    0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
    0x1f680...0x1f6ff, 0x1f900...0x1f9ff, 0x20000...0x3fffd,
  ]

  /// Columns of a text.
  static func of(_ text: String) -> Int {
    // Nearly every text is of one byte a character.
    text.utf8.allSatisfy { $0 < 0x80 }
      ? text.utf8.count : text.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first, first.value >= 0x1100 else { return 1 }
    return wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// The text cut to at most so many columns, the last then an ellipsis.
  static func cut(_ text: String, to most: Int) -> String {
    guard of(text) > most else { return text }
    return most < 1 ? "" : prefix(text, most - 1) + "\u{2026}"
  }

  /// The text cut in its middle: beginning and end say more.
  static func cutMiddle(_ text: String, to most: Int) -> String {
    guard of(text) > most else { return text }
    guard most > 2 else { return cut(text, to: most) }
    let end = String(prefix(String(text.reversed()), (most - 1) * 3 / 5).reversed())
    return prefix(text, most - 1 - of(end)) + "\u{2026}" + end
  }

  /// The text with blanks up to so many columns.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }

  private static func prefix(_ text: String, _ most: Int) -> String {
    var left = most
    return String(
      text.prefix { character in
        left -= columns(of: character)
        return left >= 0
      })
  }
}
