/// The value of From, To or Contact: a display name and a URI (RFC 3261 sections 19.1 and 20.10, RFC 3966).
public struct SIPAddress: Hashable, Sendable {
  /// The display name without quotes; nil without one.
  public let displayName: String?
  /// The URI as written, without angle brackets.
  public let uri: String
  /// Its scheme in lower case: `sip`, `sips`, `tel`, ...
  public let scheme: String
  /// The user part of a SIP URI, without password; the whole number of a tel URI.
  public let user: String?
  /// The host of a SIP URI, with its port when one is written.
  public let host: String?
  /// Whether the URI says that its user part is a telephone number (`user=phone`, or a tel URI).
  public let isPhone: Bool

  /// Characters of a telephone number that are kept.
  static let longestNumber = 32

  /// Reads `"Name" <uri>;parameters`, `Name <uri>` or a bare URI; nil when there is no URI.
  public init?(_ value: String) {
    var name = ""
    var uri = Substring(value)
    if let open = Self.openBracket(value) {
      name = String(value[..<open])
      let rest = value[value.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { return nil }
      uri = rest[..<close]
    } else {
      // Without brackets the parameters belong to the header field, not to the URI (section 20.10).
      uri = uri.prefix { $0 != ";" && $0 != "," }
    }
    let trimmed = uri.filter { $0 != " " && $0 != "\t" }
    guard let colon = trimmed.firstIndex(of: ":"), colon != trimmed.startIndex else { return nil }
    self.uri = trimmed
    scheme = trimmed[..<colon].lowercased()
    let body = trimmed[trimmed.index(after: colon)...]
    if scheme == "tel" {
      user = String(body.prefix { $0 != ";" && $0 != "?" })
      host = nil
      isPhone = true
    } else {
      // The user part may have parameters of its own in front of the at sign (section 19.1.6).
      let at = body.lastIndex(of: "@")
      user = at.map { String(body[..<$0].prefix { $0 != ":" && $0 != ";" }) }
      let rest = at.map { body[body.index(after: $0)...] } ?? body
      host = String(rest.prefix { $0 != ";" && $0 != "?" })
      isPhone = body.lowercased().contains("user=phone")
    }
    displayName = Self.plain(name)
  }

  /// The telephone number: digits with `+` in front where written; nil when the user part is a name.
  public var number: String? { user.flatMap(Self.number) }

  /// The number that a text consists of, visual separators left out; nil when it is anything else.
  public static func number(_ text: String) -> String? {
    var digits = ""
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x30...0x39: digits.append(Character(UnicodeScalar(byte)))
      case UInt8(ascii: "+") where index == 0: digits.append("+")
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"), 0x20:
        continue
      default: return nil
      }
      if digits.utf8.count > longestNumber { return nil }
    }
    return digits.utf8.count { $0 != UInt8(ascii: "+") } >= 3 ? digits : nil
  }

  /// The first angle bracket outside quotes.
  private static func openBracket(_ value: String) -> String.Index? {
    var isQuoted = false
    var isEscaped = false
    for index in value.indices {
      let character = value[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\", isQuoted {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == "<", !isQuoted {
        return index
      }
    }
    return nil
  }

  private static func plain(_ name: String) -> String? {
    var name = Substring(name)
    while let last = name.last, last == " " || last == "\t" { name.removeLast() }
    name = name.drop { $0 == " " || $0 == "\t" }
    if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
    return name.isEmpty ? nil : String(name)
  }
}
