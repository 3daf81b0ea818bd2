import Flows

/// What one side of a conversation holds of HTTP/1.
enum HTTPSide<StartLine> {
  /// No byte, or none that decides in a stream whose start was missed.
  case absent
  /// The bytes cannot be HTTP.
  case wrong
  /// The bytes may become a start line.
  case partial
  /// A start line and what was read of the head behind it.
  case found(StartLine, HTTPHead)

  /// The start line and head, when there are.
  var message: (StartLine, HTTPHead)? {
    if case .found(let line, let head) = self { (line, head) } else { nil }
  }

  /// Whether the bytes cannot be HTTP.
  var isWrong: Bool { if case .wrong = self { true } else { false } }
}

extension HTTPSide where StartLine == HTTPRequestLine {
  /// The first request of a side.
  init(requestIn conversation: Conversation, from side: Side = .client) {
    let said = conversation[side]
    guard !said.bytes.isEmpty else {
      self = .absent
      return
    }
    if said.beginsAtStart {
      // A server ignores empty lines in front of a request (RFC 9112 section 2.2).
      let start = said.bytes.prefix(4).firstIndex { $0 != 13 && $0 != 10 } ?? said.bytes.count
      self = Self.request(said.bytes, at: start)
      return
    }
    for start in conversation.messageStarts(of: side) {
      guard let head = HTTPHead(said.bytes, at: start), let line = HTTPRequestLine(head.startLine),
        HTTPMethods.known.contains(line.method), line.hasSoundTarget,
        head["host"] != nil || line.version == "1.0" && head.isWhole && head.isSound
      else { continue }
      self = .found(line, head)
      return
    }
    self = .absent
  }

  private static func request(_ bytes: [UInt8], at start: Int) -> Self {
    if let head = HTTPHead(bytes, at: start) {
      guard let line = HTTPRequestLine(head.startLine), line.hasSoundTarget,
        !head.fields.isEmpty || head.isWhole || head.isSound
      else { return .wrong }
      return .found(line, head)
    }
    let line = bytes[start...]
    guard let space = line.firstIndex(of: 0x20) else {
      let isBeginning = HTTPMethods.known.contains { $0.utf8.starts(with: line) }
      return isBeginning ? .partial : .wrong
    }
    let isMethod = HTTPMethods.known.contains(line[..<space].asText)
    return isMethod && line[space...].dropLast().isText ? .partial : .wrong
  }
}

extension HTTPSide where StartLine == HTTPStatusLine {
  /// The first response of a side; the final one where interim ones stand in front of it.
  init(responseIn conversation: Conversation, from side: Side = .server) {
    let said = conversation[side]
    guard !said.bytes.isEmpty else {
      self = .absent
      return
    }
    guard said.beginsAtStart else {
      for start in conversation.messageStarts(of: side) {
        guard case .found(let line, let head) = Self.response(said.bytes, at: start),
          head.isSound, head.fields.count >= 2, HTTPMethods.isOfHTTP(head)
        else { continue }
        self = .found(line, head)
        return
      }
      self = .absent
      return
    }
    var found = Self.response(said.bytes, at: 0)
    var interim = 0
    while case .found(let line, let head) = found, (100...199).contains(line.status),
      line.status != 101,
      head.isWhole, interim < 4,
      case .found(let next, let more) = Self.response(said.bytes, at: head.end)
    {
      found = .found(next, more)
      interim += 1
    }
    self = found
  }

  private static func response(_ bytes: [UInt8], at start: Int) -> Self {
    guard let head = HTTPHead(bytes, at: start) else {
      guard start < bytes.count else { return .partial }
      let line = bytes[start...]
      let isBeginning = "HTTP/1.".utf8.starts(with: line) || line.starts(with: "HTTP/1.".utf8)
      return isBeginning && line.dropLast().isText ? .partial : .wrong
    }
    if let line = HTTPStatusLine(head.startLine) { return .found(line, head) }
    return .wrong
  }
}
