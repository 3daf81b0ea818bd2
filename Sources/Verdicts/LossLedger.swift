public import Flows
public import Packets

/// When a capture lost packets: the spans between two looks at the kernel's counters in which these rose. A flow of such a
/// time may lack some of them, so that nothing follows from what is not there.
public struct LossLedger: Sendable {
  /// Spans that are kept; beyond them the two oldest become one.
  static let most = 256
  /// How long before its first and behind its last packet a flow may lack one, in nanoseconds: a request, or an answer.
  static let margin: Int64 = 1_000_000_000

  private var spans: [(begin: Int64, end: Int64)] = []
  private var looked: Timestamp
  private var lost = 0

  /// A capture that begins at `time`.
  public init(from time: Timestamp) { looked = time }

  /// Notes how many packets were lost in all by `time`.
  public mutating func note(lost count: Int, at time: Timestamp) {
    defer {
      looked = time
      lost = max(lost, count)
    }
    guard count > lost else { return }
    // The clock may have been set back.
    let (begin, end) = (min(looked, time).nanoseconds, max(looked, time).nanoseconds)
    if let last = spans.indices.last, spans[last].end >= begin {
      spans[last] = (min(spans[last].begin, begin), max(spans[last].end, end))
    } else {
      spans.append((begin, end))
    }
    if spans.count > Self.most {
      spans[1] = (min(spans[0].begin, spans[1].begin), max(spans[0].end, spans[1].end))
      spans.removeFirst()
    }
  }

  /// Whether a flow may lack packets.
  public func touches(_ flow: Flow) -> Bool {
    guard !spans.isEmpty else { return false }
    let begin = flow.first.nanoseconds &- Self.margin
    let end = flow.last.nanoseconds &+ Self.margin
    // The latest are asked first: most flows that are judged have just been seen.
    return spans.reversed().contains { $0.begin <= end && $0.end >= begin }
  }
}
