import Packets
import Verdicts

/// How many flows began when, by class; its size does not grow with their number nor with the time that they span.
struct TimeHistogram: Sendable {
  /// Columns at most.
  static let most = 180
  /// The narrowest column, in nanoseconds.
  private static let narrowest: Int64 = 1_000_000

  /// Nanoseconds that a column spans.
  private(set) var width = narrowest
  /// Flows by class and column; a column's number is its time in widths since 1970.
  private(set) var counts: [VerdictClass: [Int64: Int]] = [:]
  /// The first and the last column; nil before the first flow.
  private(set) var columns: ClosedRange<Int64>?

  mutating func note(_ verdictClass: VerdictClass, at time: Timestamp) {
    var column = Times.floorDivide(time.nanoseconds, width).quotient
    let known = columns ?? column...column
    columns = min(known.lowerBound, column)...max(known.upperBound, column)
    while let range = columns, range.upperBound - range.lowerBound >= Int64(Self.most) {
      widen()
      column = Times.floorDivide(column, 2).quotient
    }
    counts[verdictClass, default: [:]][column, default: 0] += 1
  }

  /// Every two columns become one.
  private mutating func widen() {
    width *= 2
    columns = columns.map {
      Times.floorDivide($0.lowerBound, 2).quotient...Times.floorDivide($0.upperBound, 2).quotient
    }
    counts = counts.mapValues { old in
      var new: [Int64: Int] = [:]
      for (column, count) in old { new[Times.floorDivide(column, 2).quotient, default: 0] += count }
      return new
    }
  }

  /// The time at which a column begins.
  func start(of column: Int64) -> Timestamp {
    Timestamp(nanoseconds: column.multipliedReportingOverflow(by: width).partialValue)
  }
}
