/// A moment of capture: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Both capture formats can hold moments outside the range (about 1677 to 2262); they are clamped, never wrapped.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch; negative before 1970.
  public let nanoseconds: Int64

  /// The moment so many nanoseconds after the epoch.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment of whole seconds and a fraction in nanoseconds, clamped to the range.
  public init(seconds: Int64, nanoseconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = product.addingReportingOverflow(nanoseconds)
    self.nanoseconds = overflow || carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// Whether the left moment is the earlier one.
  public static func < (left: Self, right: Self) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Nanoseconds from `earlier` to this moment, clamped; negative when a clock ran backwards.
  public func nanoseconds(since earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return overflow ? (nanoseconds < earlier.nanoseconds ? .min : .max) : difference
  }

  /// Seconds from `earlier` to this moment.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(nanoseconds(since: earlier)) / 1e9
  }
}
