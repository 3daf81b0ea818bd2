extension SIPMessage {
  /// What comes of reading a message.
  public enum Reading: Hashable, Sendable {
    /// A message; `isWhole` says whether it is all there.
    case message(SIPMessage)
    /// The bytes so far fit the start of a message.
    case incomplete
    /// The bytes are no SIP message.
    case notSIP
  }

  /// Reads the message at the start of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: A datagram's payload, or what is left of a stream.
  ///   - isDatagram: Whether the message ends where the bytes end (section 18.3): then a missing Content-Length means
  ///     the rest. In a stream it means no body.
  public static func read(_ bytes: ArraySlice<UInt8>, isDatagram: Bool) -> Reading {
    var lines = HeadLines(bytes)
    guard let first = lines.next() else { return .incomplete }
    guard let start = startLine(first.bytes) else {
      return !first.isWhole && couldStart(first.bytes) ? .incomplete : .notSIP
    }
    guard first.isWhole else { return .incomplete }
    var headers: [Header] = []
    while let line = lines.next() {
      if !line.isWhole { break }
      if line.bytes.isEmpty {
        return .message(whole(start, headers, bytes, body: lines.offset, isDatagram))
      }
      guard append(line, to: &headers) else { return .notSIP }
    }
    let message = SIPMessage(
      start: start, headers: headers, body: [], bodyOffset: bytes.count, length: bytes.count,
      isHeadWhole: false, isWhole: false)
    return .message(message)
  }

  /// A message whose head is all there.
  private static func whole(
    _ start: Start, _ headers: [Header], _ bytes: ArraySlice<UInt8>, body offset: Int,
    _ isDatagram: Bool
  ) -> SIPMessage {
    let there = bytes.count - offset
    let stated = headers.first { $0.name == "content-length" }.flatMap { contentLength($0.value) }
    let wanted = stated ?? (isDatagram ? there : 0)
    let taken = min(wanted, there)
    let begin = bytes.startIndex + offset
    return SIPMessage(
      start: start, headers: headers, body: Array(bytes[begin..<begin + taken]),
      bodyOffset: offset, length: offset + taken, isHeadWhole: true, isWhole: taken == wanted)
  }

  /// Adds a field, or joins a folded line to the last one; false when it is neither.
  private static func append(_ line: HeadLines.Line, to headers: inout [Header]) -> Bool {
    guard line.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 9 }) else { return false }
    if let byte = line.bytes.first, byte == 0x20 || byte == 9 {
      guard let last = headers.popLast() else { return false }
      let length = line.offset + line.bytes.count - last.offset
      guard length <= longestField else { return false }
      let more = trimmed(line.bytes)
      let value = more.isEmpty ? last.value : last.value + " " + text(more)
      headers.append(Header(name: last.name, value: value, offset: last.offset, length: length))
      return true
    }
    guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let name = trimmed(line.bytes[..<colon])
    guard !name.isEmpty, name.allSatisfy(isToken), line.bytes.count <= longestField else {
      return false
    }
    // Fields beyond the bound are passed over, so that the body is still found.
    guard headers.count < mostHeaders else { return true }
    let value = trimmed(line.bytes[(colon + 1)...])
    headers.append(
      Header(
        name: fullName(text(name).lowercased()), value: text(value), offset: line.offset,
        length: line.bytes.count))
    return true
  }

  private static func contentLength(_ value: String) -> Int? {
    let digits = value.utf8
    guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(value)
  }

  /// The compact forms of RFC 3261 section 7.3.3 and of the SIP parameters registry.
  static func fullName(_ name: String) -> String {
    let compact = [
      "i": "call-id", "m": "contact", "e": "content-encoding", "l": "content-length",
      "c": "content-type", "f": "from", "s": "subject", "k": "supported", "t": "to", "v": "via",
      "o": "event", "u": "allow-events", "r": "refer-to", "b": "referred-by",
      "x": "session-expires", "a": "accept-contact", "j": "reject-contact",
      "d": "request-disposition", "y": "identity", "n": "identity-info",
    ]
    return compact[name] ?? name
  }

  static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 9 }
    let front = bytes.drop(while: isBlank)
    guard let last = front.lastIndex(where: { !isBlank($0) }) else {
      return front[front.endIndex...]
    }
    return front[...last]
  }

  /// token of RFC 3261 section 25.1.
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: "-.!%*_+`'~".utf8.contains(byte)
    }
  }
}

/// The lines of a message's head; a line's end is LF with or without CR in front.
private struct HeadLines {
  struct Line {
    let bytes: ArraySlice<UInt8>
    let offset: Int
    let isWhole: Bool
  }

  private let bytes: ArraySlice<UInt8>
  private(set) var offset = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  mutating func next() -> Line? {
    guard offset < bytes.count else { return nil }
    let start = offset
    let rest = bytes[(bytes.startIndex + start)...]
    guard let end = rest.firstIndex(of: 10) else {
      offset = bytes.count
      return Line(bytes: rest, offset: start, isWhole: false)
    }
    offset = end - bytes.startIndex + 1
    let carriage = end > rest.startIndex && bytes[end - 1] == 13
    return Line(bytes: rest[..<(carriage ? end - 1 : end)], offset: start, isWhole: true)
  }
}
