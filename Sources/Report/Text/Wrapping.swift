/// Lines broken between words, for a terminal: what the terminal breaks it breaks in the middle of words.
enum Wrapping {
  /// The line in lines of at most `width` columns, all but the first indented by `indent`. Whole when `width` is nil. What
  /// has no room to break, such as a long path, stays whole. Colours (SGR sequences) take no room, end with a line and
  /// begin again with the next.
  static func lines(_ line: String, width: Int?, indent: Int) -> [String] {
    guard let width, shownWidth(line) > width else { return [line] }
    // An indentation that leaves no room for words helps nobody.
    let indent = indent > width / 2 ? 2 : indent
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var current = ""
    var room = width
    var colour = ""
    for word in words(line) {
      let length = shownWidth(word)
      let isBlank = word.allSatisfy { $0 == " " }
      if length > room, !isBlank, shownWidth(current) > (lines.isEmpty ? 0 : indent) {
        while current.last == " " { current.removeLast() }
        lines.append(colour.isEmpty ? current : current + end)
        current = margin + colour
        room = width - indent
      }
      // Blanks at a line's beginning are the indentation's, except on the first line.
      if isBlank, !lines.isEmpty, shownWidth(current) == indent { continue }
      current += word
      room -= length
      colour = last(in: word, else: colour)
    }
    while current.last == " " { current.removeLast() }
    return lines + [current]
  }

  /// Columns that a text takes, one a character; colours take none.
  static func shownWidth(_ text: String) -> Int {
    var count = 0
    var isColour = false
    for character in text {
      if character == "\u{1b}" {
        isColour = true
      } else if isColour {
        isColour = character != "m"
      } else {
        count += 1
      }
    }
    return count
  }

  private static let end = "\u{1b}[0m"

  /// Words and the blanks between them.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    for character in line {
      if let last = words.last?.last, (last == " ") == (character == " ") {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }

  /// The colour that holds behind a word.
  private static func last(in word: String, else colour: String) -> String {
    guard let start = word.lastIndex(of: "\u{1b}") else { return colour }
    let sequence = String(word[start...].prefix { $0 != "m" }) + "m"
    return sequence == end ? "" : sequence
  }
}
