import Report

/// What the inputs of one analysis came to.
struct AnalysisTotals: Sendable {
  /// Inputs that were read, in whole or in part.
  var filesRead = 0
  /// Those among them without a single frame.
  private(set) var empty = 0
  /// Inputs that could not be read, or were damaged.
  var failed = 0
  /// Files of folders that are no captures.
  var skipped = 0
  /// Whether a signal ended the run.
  var isInterrupted = false
  /// Whether the run goes on until a signal ends it, so that one is no interruption.
  var isEndless = false
  /// Counters of the files that are done.
  private(set) var counters = DropsRecord()
  /// From when to when the frames of the input are that is being read.
  private(set) var inputSpan: FrameSpan?

  /// Counts a capture that was read, in whole or in part, and adds its counters.
  mutating func addFile(_ counters: DropsRecord) {
    filesRead += 1
    if counters.received == 0 { empty += 1 }
    add(counters)
  }

  /// Takes over how many captures without a frame an earlier run has found.
  mutating func addEmpty(_ count: Int) { empty += count }

  /// Adds a file's counters.
  mutating func add(_ other: DropsRecord) {
    counters = counters(with: other)
    inputSpan = inputSpan?.with(other.span) ?? other.span
  }

  /// Another input begins.
  mutating func beginInput() { inputSpan = nil }

  /// Adds what other inputs came to.
  mutating func add(_ other: AnalysisTotals) {
    filesRead += other.filesRead
    empty += other.empty
    failed += other.failed
    skipped += other.skipped
    add(other.counters)
  }

  /// What was added since; `earlier` is what it was then.
  func since(_ earlier: AnalysisTotals) -> AnalysisTotals {
    var own = AnalysisTotals()
    own.filesRead = filesRead - earlier.filesRead
    own.empty = empty - earlier.empty
    own.failed = failed - earlier.failed
    own.skipped = skipped - earlier.skipped
    own.counters.received = counters.received - earlier.counters.received
    own.counters.span = inputSpan
    own.counters.onPort = counters.onPort - earlier.counters.onPort
    own.counters.unfilledChecksums =
      counters.unfilledChecksums - earlier.counters.unfilledChecksums
    own.counters.wrongChecksums = counters.wrongChecksums - earlier.counters.wrongChecksums
    own.counters.evicted = counters.evicted - earlier.counters.evicted
    own.counters.unread = counters.unread.compactMap { unread in
      let before = earlier.counters.unread.first {
        $0.layer == unread.layer && $0.reason == unread.reason
      }
      let count = unread.count - (before?.count ?? 0)
      return count > 0 ? DropsRecord.Unread(unread.layer, unread.reason, count: count) : nil
    }
    return own
  }

  /// The counters with those of a file that is not done.
  func counters(with other: DropsRecord) -> DropsRecord {
    var sum = counters
    sum.received += other.received
    sum.span = sum.span?.with(other.span) ?? other.span
    sum.onPort += other.onPort
    sum.evicted += other.evicted
    sum.unfilledChecksums += other.unfilledChecksums
    sum.wrongChecksums += other.wrongChecksums
    for unread in other.unread {
      if let index = sum.unread.firstIndex(where: {
        $0.layer == unread.layer && $0.reason == unread.reason
      }) {
        sum.unread[index].count += unread.count
      } else {
        sum.unread.append(unread)
      }
    }
    return sum
  }

  /// Whether `-c` is reached.
  func isFull(_ limit: Int?, with onPort: Int = 0) -> Bool {
    limit.map { counters.onPort + onPort >= $0 } ?? false
  }

  /// The exit status: usage when nothing could be read, partial when something could not.
  func status(_ reporter: borrowing Reporter) -> ExitStatus {
    var statuses: [ExitStatus] = [reporter.tally.flows > 0 ? .found : .nothing]
    if filesRead == 0, !isInterrupted { statuses.append(.usage) }
    if isEndless, isInterrupted { statuses.append(.found) }
    if failed > 0 || isInterrupted && !isEndless || reporter.hasLostReport {
      statuses.append(.partial)
    }
    if reporter.hasFailed { statuses.append(.failedOn) }
    return ExitStatus.first(of: statuses)
  }
}
