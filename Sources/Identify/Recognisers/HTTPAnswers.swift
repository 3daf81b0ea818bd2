import Flows

/// How often a server answered what: a connection that is kept open carries many requests.
enum HTTPAnswers {
  /// `12 x 200, 9 x 404`, the lowest status first, of final answers that begin a segment in what was kept of the server;
  /// nil where there is not more than one.
  static func words(_ conversation: Conversation) -> String? {
    var counts: [Int: Int] = [:]
    var isCut =
      conversation.server.total > conversation.server.bytes.count
      || conversation.server.isIncomplete || conversation.turns.count >= FlowLimits.turns
    let bytes = conversation.server.bytes
    for turn in conversation.turns
    where turn.side == .server && turn.range.upperBound <= bytes.count {
      // What came out of order has no place of its own.
      if turn.range.count < turn.length { isCut = true }
      let line = bytes[turn.range].prefix(12)
      guard line.count == 12, line.starts(with: "HTTP/1.".utf8), line.dropFirst(8).first == 0x20,
        let status = line.suffix(3).asDecimal, (200...599).contains(status)
      else { continue }
      counts[status, default: 0] += 1
    }
    guard counts.values.reduce(0, +) > 1 else { return nil }
    let told = counts.sorted { $0.key < $1.key }.map { "\($0.value) x \($0.key)" }
    // Answers may lie in what was not kept.
    return (isCut ? "at least " : "") + told.joined(separator: ", ")
  }
}
