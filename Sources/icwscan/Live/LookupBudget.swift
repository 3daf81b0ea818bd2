import Packets

/// How much time the search for processes may take of a capture's. A flood of made-up senders would spend all of it on
/// questions whose answer is that nobody is there; whoever says something has a larger share.
struct LookupBudget: Sendable {
  /// Time that accrues, as a share of the time that passes, and no further than to `most` nanoseconds.
  private struct Share: Sendable {
    let rate: Double
    let most: Double
    var left: Double

    init(rate: Double, most: Double) {
      self.rate = rate
      self.most = most
      left = most
    }
  }

  private var silent = Share(rate: 0.1, most: 100_000_000)
  private var speaking = Share(rate: 0.5, most: 1_000_000_000)
  private var last = Clock.now

  /// Searches for the processes of a flow, when its share allows that; false when it does not.
  mutating func spend(isSpeaking: Bool, _ search: () -> Void) -> Bool {
    let begin = Clock.now
    let passed = Double(max(0, begin.nanoseconds(since: last)))
    last = begin
    silent.left = min(silent.most, silent.left + passed * silent.rate)
    speaking.left = min(speaking.most, speaking.left + passed * speaking.rate)
    guard isSpeaking ? speaking.left > 0 : silent.left > 0 else { return false }
    search()
    let took = Double(max(0, Clock.now.nanoseconds(since: begin)))
    if isSpeaking { speaking.left -= took } else { silent.left -= took }
    return true
  }
}
