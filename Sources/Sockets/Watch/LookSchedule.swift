/// When to look at a port again: in quiet times once a second, at once when something was heard, and never so often
/// that the looks keep the host busy. Times are nanoseconds of a clock that never goes back.
public struct LookSchedule: Hashable, Sendable {
  /// Between two looks in quiet times.
  static let period: UInt64 = 1_000_000_000
  /// In quiet times a look takes at most this share of the time.
  static let quietShare: UInt64 = 20
  /// Between two looks while something happens all the time.
  static let gap: UInt64 = 100_000_000
  /// Then a look takes at most this share of the time.
  static let busyShare: UInt64 = 4

  private var began: UInt64 = 0
  private var length: UInt64 = 0
  private var hasLooked = false

  /// A schedule that begins with a look at once.
  public init() {}

  /// Notes a look and how long it took.
  public mutating func note(began: UInt64, ended: UInt64) {
    self.began = began
    length = ended > began ? ended - began : 0
    hasLooked = true
  }

  /// When the next look is due.
  public func next(isDisturbed: Bool) -> UInt64 {
    guard hasLooked else { return 0 }
    let least = isDisturbed ? Self.gap : Self.period
    let (share, tooBig) = length.multipliedReportingOverflow(
      by: isDisturbed ? Self.busyShare : Self.quietShare)
    let (next, isBeyond) = began.addingReportingOverflow(max(least, tooBig ? .max : share))
    return isBeyond ? .max : next
  }
}
