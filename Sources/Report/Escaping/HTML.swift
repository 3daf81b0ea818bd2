/// Makes text fit for HTML, in element content and in quoted attributes alike.
public enum HTML {
  /// The text with `&`, `<`, `>` and both quotes as references. What `Escaped` hides from a terminal is hidden here too,
  /// should it have come so far: a browser follows bidi controls, and XML has no way to write most others.
  public static func escape(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case _ where Escaped.isHidden(scalar): result += Escaped.text(String(scalar))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      false
    default: byte >= 0x20 && byte < 0x7f
    }
  }
}
