/// A request line, `method SP request-target SP NAME/1.x` (RFC 9112 section 3), of HTTP or of a protocol in its form.
struct HTTPRequestLine {
  /// The method.
  let method: String
  /// The request target.
  let target: ArraySlice<UInt8>
  /// The version's number, `1.1`.
  let version: String

  /// The parts of a line; nil when it is not a request line of the protocol that calls itself `name` in the version.
  init?(_ line: ArraySlice<UInt8>, of name: String = "HTTP", major: UInt8 = 1) {
    guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(of: 0x20), first < last,
      line[..<first].isToken, line[..<first].count <= 24
    else { return nil }
    let target = line[(first + 1)..<last]
    let version = line[(last + 1)...]
    guard !target.isEmpty, target.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
      let number = HTTPVersion.number(version, of: name, major: major)
    else { return nil }
    method = line[..<first].asText
    self.target = target
    self.version = number
  }

  /// Whether the target has one of the forms of RFC 9112 section 3.2.
  var hasSoundTarget: Bool {
    guard let first = target.first else { return false }
    if method == "CONNECT" {
      guard let colon = target.lastIndex(of: 0x3a), colon > target.startIndex else { return false }
      return (target[(colon + 1)...].asDecimal ?? 65_536) <= 65_535
    }
    if first == 0x2f { return true }
    if target.count == 1, first == 0x2a { return true }
    guard let colon = target.firstIndex(of: 0x3a) else { return false }
    return target[..<colon].isToken && target[(colon + 1)...].starts(with: "//".utf8)
  }
}

/// The version at either end of a start line.
enum HTTPVersion {
  /// `1.1` of `HTTP/1.1`; nil when the bytes are not a version of `name` of that major number.
  static func number(_ bytes: ArraySlice<UInt8>, of name: String, major: UInt8) -> String? {
    guard bytes.count == name.utf8.count + 4, bytes.starts(with: name.utf8) else { return nil }
    let number = Array(bytes.suffix(4))
    guard number[0] == 0x2f, number[1] == 0x30 + major, number[2] == 0x2e,
      (0x30...0x39).contains(number[3])
    else { return nil }
    return number[1...].asText
  }
}
