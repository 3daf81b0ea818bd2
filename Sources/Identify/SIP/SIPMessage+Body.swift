extension SIPMessage {
  /// One part of a body, or a body that is no multipart.
  public struct Part: Hashable, Sendable {
    /// Media type in lower case without parameters.
    public let type: String
    /// The bytes.
    public let bytes: [UInt8]
    /// Where they start, counted from the message's first byte.
    public let offset: Int
  }

  /// Multiparts inside multiparts that are followed.
  static let deepest = 3
  /// Parts that are kept of one message.
  static let mostParts = 16

  /// The parts of the body, multiparts taken apart (RFC 2046 section 5.1).
  public var parts: [Part] {
    guard !body.isEmpty, let type = self["content-type"] else { return [] }
    var parts: [Part] = []
    Self.collect(body[...], type, at: bodyOffset, depth: 0, into: &parts)
    return parts
  }

  /// Whether the body, or a part of it, is a session description (RFC 4566: it begins with `v=0`).
  public var hasSessionDescription: Bool {
    parts.contains { $0.type == "application/sdp" && $0.bytes.starts(with: Array("v=0".utf8)) }
  }

  private static func collect(
    _ bytes: ArraySlice<UInt8>, _ contentType: String, at offset: Int, depth: Int,
    into parts: inout [Part]
  ) {
    let fields = contentType.split(separator: ";", omittingEmptySubsequences: false)
    let type = fields[0].filter { $0 != " " && $0 != "\t" }.lowercased()
    guard type.hasPrefix("multipart/"), depth < deepest,
      let boundary = boundary(in: fields.dropFirst())
    else {
      if parts.count < mostParts {
        parts.append(Part(type: type, bytes: Array(bytes), offset: offset))
      }
      return
    }
    for range in split(bytes, Array("--".utf8) + Array(boundary.utf8)) where parts.count < mostParts
    {
      let part = bytes[range]
      guard let (type, body) = head(of: part) else { continue }
      collect(
        body, type, at: offset + body.startIndex - bytes.startIndex, depth: depth + 1, into: &parts)
    }
  }

  /// A boundary has 1 to 70 characters (RFC 2046 section 5.1.1).
  private static func boundary(in parameters: ArraySlice<Substring>) -> String? {
    for parameter in parameters {
      let pair = parameter.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else {
        continue
      }
      let value = pair[1].filter { $0 != "\"" && $0 != " " }
      return (1...70).contains(value.utf8.count) ? value : nil
    }
    return nil
  }

  /// Ranges between delimiter lines; text before the first and behind the closing one is no part.
  private static func split(_ bytes: ArraySlice<UInt8>, _ delimiter: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var begin: Int?
    var line = bytes.startIndex
    while line < bytes.endIndex {
      let end = bytes[line...].firstIndex(of: 10) ?? bytes.endIndex
      let text = bytes[line..<end]
      if text.starts(with: delimiter) {
        if let begin { ranges.append(begin..<max(begin, lineEnd(before: line, in: bytes))) }
        let isLast = text.dropFirst(delimiter.count).starts(with: Array("--".utf8))
        begin = isLast ? nil : min(end + 1, bytes.endIndex)
        if isLast { return ranges }
      }
      line = end + 1
    }
    // The closing delimiter is missing: what is there belongs to the last part.
    if let begin { ranges.append(begin..<bytes.endIndex) }
    return ranges
  }

  /// The line's end in front of a delimiter belongs to the delimiter.
  private static func lineEnd(before line: Int, in bytes: ArraySlice<UInt8>) -> Int {
    guard line - 1 >= bytes.startIndex else { return line }
    return line - 2 >= bytes.startIndex && bytes[line - 2] == 13 ? line - 2 : line - 1
  }

  /// A part's Content-Type (`text/plain` without one) and its bytes behind the empty line.
  private static func head(of part: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
    var type = "text/plain"
    var line = part.startIndex
    for _ in 0..<mostHeaders where line < part.endIndex {
      guard let end = part[line...].firstIndex(of: 10) else { return nil }
      let bytes = end > line && part[end - 1] == 13 ? part[line..<end - 1] : part[line..<end]
      line = end + 1
      if bytes.isEmpty { return (type, part[line...]) }
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { continue }
      if text(trimmed(bytes[..<colon])).lowercased() == "content-type" {
        type = text(trimmed(bytes[(colon + 1)...]))
      }
    }
    return nil
  }
}
