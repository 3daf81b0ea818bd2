extension SIPMessage {
  private static let version = Array("SIP/2.0".utf8)
  /// Bytes of a first line that are read.
  private static let longestLine = 2_048
  /// Bytes of a method's name; the longest registered one has nine.
  private static let longestMethod = 24

  /// The Request-Line or Status-Line in these bytes; nil when they are neither.
  static func startLine(_ line: ArraySlice<UInt8>) -> Start? {
    guard line.count <= longestLine, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      return nil
    }
    return line.starts(with: version) ? statusLine(line) : requestLine(line)
  }

  private static func statusLine(_ line: ArraySlice<UInt8>) -> Start? {
    let rest = line.dropFirst(version.count)
    guard rest.first == 0x20, rest.count >= 4 else { return nil }
    let code = rest.dropFirst().prefix(3)
    guard code.allSatisfy({ (0x30...0x39).contains($0) }), let status = Int(text(code)),
      (100...699).contains(status)
    else { return nil }
    let reason = rest.dropFirst(4)
    guard reason.isEmpty || reason.first == 0x20 else { return nil }
    return .response(status: status, reason: text(reason.dropFirst()))
  }

  private static func requestLine(_ line: ArraySlice<UInt8>) -> Start? {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].elementsEqual(version), isMethod(parts[0]), hasScheme(parts[1])
    else { return nil }
    return .request(method: text(parts[0]), uri: text(parts[1]))
  }

  private static func isMethod(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...longestMethod).contains(bytes.count) && bytes.allSatisfy(isToken)
  }

  /// A URI's scheme (RFC 3986 section 3.1) with something behind it.
  private static func hasScheme(_ uri: ArraySlice<UInt8>) -> Bool {
    guard let colon = uri.firstIndex(of: UInt8(ascii: ":")), colon > uri.startIndex else {
      return false
    }
    let isLetter: (UInt8) -> Bool = { (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) }
    return isLetter(uri[uri.startIndex]) && uri.index(after: colon) < uri.endIndex
      && uri[..<colon].allSatisfy {
        isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
      }
  }

  /// Whether more bytes could make a first line of these.
  static func couldStart(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.last == 13 ? line.dropLast() : line
    guard line.count <= longestLine, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      return false
    }
    if version.starts(with: line) || line.starts(with: version) { return true }
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard let method = parts.first, isMethod(method), parts.count <= 3 else { return false }
    if parts.count == 3 { return hasScheme(parts[1]) && version.starts(with: parts[2]) }
    return true
  }
}
