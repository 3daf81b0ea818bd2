/// How long a capture may wait for its helper: an answer that is there in a moment is waited for, so that the first
/// record has it, but never so much in all that packets get lost.
struct WaitBudget {
  /// The most at once, and what comes back in a second, in nanoseconds.
  static let most: Int64 = 500_000_000
  /// The longest single wait.
  private static let longest: Int64 = 100_000_000

  private var left = Self.most
  private var filled: Int64

  /// A full budget, by a clock that nobody sets, in nanoseconds.
  init(now: Int64) { filled = now }

  /// Milliseconds that may be waited now; 0 for none.
  mutating func milliseconds(at now: Int64) -> Int32 {
    let elapsed = max(0, now &- filled)
    filled = now
    left = min(Self.most, left &+ min(elapsed, 1_000_000_000) / 2)
    return Int32(clamping: min(left, Self.longest) / 1_000_000)
  }

  /// So many nanoseconds were waited.
  mutating func spend(_ nanoseconds: Int64) { left -= min(left, max(0, nanoseconds)) }
}
