/// Makes text fit for Markdown (CommonMark 0.31 section 2.4): whatever it holds, it stays text.
public enum Markdown {
  /// The text with a backslash before every sign that could begin markup, in a line, in a table or at a line's start;
  /// HTML, links and bare addresses of the web and of mail are text as well. Where a sign can't be markup it has none, so
  /// that a ticket stays readable where nothing renders it.
  public static func escape(_ text: String) -> String {
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      scalars +=
        Escaped.isHidden(scalar)
        ? Array(Escaped.text(String(scalar)).unicodeScalars) : [scalar]
    }
    // A line that begins with a number and a point or parenthesis is a list's.
    // Blanks before it change nothing.
    let begin = scalars.firstIndex { $0 != " " } ?? 0
    let digits = scalars[begin...].prefix { ("0"..."9").contains($0) }.count
    func isNumbering(_ index: Int, _ next: Unicode.Scalar?) -> Bool {
      digits > 0 && index == begin + digits && (next == nil || next == " ")
    }
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      let previous = index > 0 ? scalars[index - 1] : nil
      let isMarkup =
        switch scalar {
        case ":": next == "/"
        case ".": isNumbering(index, next) || isBehindWeb(scalars[..<index])
        case ")": isNumbering(index, next)
        case "-", "+", "#", "=", ">": index == begin
        // A link is one by what follows its brackets; a name in brackets would need a definition, which begins a line.
        case "[": index == begin || previous == "!" || next == "^" || next == "["
        case "]": next == nil || next == "(" || next == "[" || next == ":"
        // Within a word it emphasizes nothing (section 6.2).
        case "_": !isOfWord(previous) || !isOfWord(next)
        // A character reference begins with a letter or a number sign (section 2.5).
        case "&": next == "#" || next == nil || isOfWord(next)
        default: always.contains(scalar)
        }
      if isMarkup { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func isOfWord(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      true
    default: false
    }
  }

  /// Whether a point here would make a link of `www.`.
  private static func isBehindWeb(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
    before.suffix(3).count { $0 == "w" || $0 == "W" } == 3
  }

  /// A command to type, in a code span longer than any run of backticks in it.
  static func code(_ text: String) -> String {
    let run = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: run + 1)
    return run == 0 ? fence + text + fence : "\(fence) \(text) \(fence)"
  }

  private static let always = Set("\\`*{}<|~@$^".unicodeScalars)
}
