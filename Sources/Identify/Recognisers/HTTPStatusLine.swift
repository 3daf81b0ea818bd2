/// A status line, `NAME/1.x SP status SP reason` (RFC 9112 section 4), of HTTP or of a protocol in its form.
struct HTTPStatusLine {
  /// The version's number, `1.1`.
  let version: String
  /// The status, 100 to 599 (999 is seen in the wild).
  let status: Int
  /// The reason phrase, often empty.
  let reason: ArraySlice<UInt8>

  /// The parts of a line; nil when it is not a status line of the protocol that calls itself `name`.
  init?(_ line: ArraySlice<UInt8>, of name: String = "HTTP", major: UInt8 = 1) {
    guard let first = line.firstIndex(of: 0x20),
      let version = HTTPVersion.number(line[..<first], of: name, major: major)
    else { return nil }
    let rest = line[(first + 1)...]
    guard let status = rest.prefix(3).asDecimal, rest.prefix(3).count == 3,
      (100...599).contains(status) || status == 999
    else { return nil }
    let reason = rest.dropFirst(3)
    guard reason.isEmpty || reason.first == 0x20, reason.isText else { return nil }
    self.version = version
    self.status = status
    self.reason = reason.dropFirst()
  }
}
