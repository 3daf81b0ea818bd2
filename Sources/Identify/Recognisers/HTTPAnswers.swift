import Flows

/// How often a server answered what: a connection that is kept open carries many requests.
struct HTTPAnswers {
  /// `12 x 200, 9 x 404`, the lowest status first, of final answers that begin a segment in what was kept of the server;
  /// nil where there is not more than one.
  let words: String?
  /// The first request, `GET /a`, that was answered with a status from 400 on (RFC 9110 section 15); nil where there is
  /// none, and where requests and answers can't be put together.
  let refused: String?

  /// Bytes of a request's target that are told.
  private static let longestTarget = 200
  /// Requests that may wait for their answers.
  private static let mostWaiting = 64

  /// Looks at what both sides said.
  init(_ conversation: Conversation) {
    var counts: [Int: Int] = [:]
    var waiting: [String] = []
    var refused: String?
    var isPaired = conversation.client.beginsAtStart
    var isCut =
      conversation.server.total > conversation.server.bytes.count
      || conversation.server.isIncomplete || conversation.turns.count >= FlowLimits.turns
    for turn in conversation.turns {
      let bytes = conversation[turn.side].bytes
      guard turn.range.upperBound <= bytes.count else {
        if turn.side == .client { isPaired = false }
        continue
      }
      if turn.side == .client {
        guard let request = Self.request(bytes[turn.range]) else { continue }
        waiting.append(request)
        if waiting.count > Self.mostWaiting { isPaired = false }
        continue
      }
      // What came out of order has no place of its own.
      if turn.range.count < turn.length { isCut = true }
      guard let status = Self.status(bytes[turn.range]) else { continue }
      counts[status, default: 0] += 1
      if waiting.isEmpty {
        isPaired = false
      } else {
        let request = waiting.removeFirst()
        if status >= 400, refused == nil, isPaired { refused = request }
      }
    }
    self.refused = refused
    guard counts.values.reduce(0, +) > 1 else {
      words = nil
      return
    }
    let told = counts.sorted { $0.key < $1.key }.map { "\($0.value) x \($0.key)" }
    // Answers may lie in what was not kept.
    words = (isCut ? "at least " : "") + told.joined(separator: ", ")
  }

  /// The status of a final answer that begins here.
  private static func status(_ bytes: ArraySlice<UInt8>) -> Int? {
    let line = bytes.prefix(12)
    guard line.count == 12, line.starts(with: "HTTP/1.".utf8), line.dropFirst(8).first == 0x20,
      let status = line.suffix(3).asDecimal, (200...599).contains(status)
    else { return nil }
    return status
  }

  /// Method and target of a request that begins here (RFC 9112 section 3).
  private static func request(_ bytes: ArraySlice<UInt8>) -> String? {
    let parts = bytes.prefix { $0 != 13 && $0 != 10 }.split(
      separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].starts(with: "HTTP/1.".utf8),
      HTTPMethods.known.contains(String(decoding: parts[0], as: UTF8.self))
    else { return nil }
    let target = parts[1].prefix(longestTarget)
    return String(decoding: parts[0], as: UTF8.self) + " " + String(decoding: target, as: UTF8.self)
  }
}
