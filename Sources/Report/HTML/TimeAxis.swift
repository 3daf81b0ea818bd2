import Packets

/// Times on a line from left to right, with marks at round ones.
struct TimeAxis {
  private static let second: Int64 = 1_000_000_000
  private static let day = 86_400 * second
  /// Distances that people count in, up to half a year.
  private static let steps: [Int64] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * second / 1000 }
    + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200]
    .map { $0 * second }
    + [1, 2, 7, 14, 30, 90, 182].map { $0 * day }
  /// From so many days on years are counted, which are not all alike.
  private static let years = [1, 2, 5, 10, 20, 50, 100]

  let first: Timestamp
  let last: Timestamp
  let left: Double
  let right: Double

  /// The place of a time.
  func x(_ time: Timestamp) -> Double {
    let span = Double(last.nanoseconds) - Double(first.nanoseconds)
    guard span > 0 else { return left }
    let share = (Double(time.nanoseconds) - Double(first.nanoseconds)) / span
    return left + (right - left) * min(max(share, 0), 1)
  }

  /// Thin lines at round times, their names below.
  func marks(top: Double, bottom: Double) -> [Markup] {
    let span = last.nanoseconds(since: first)
    // A name takes about eighty of the picture's units.
    let most = Int64(max(1, (right - left) / 90))
    let step = Self.steps.first { span / $0 < most }
    let times = step.map(rounded) ?? newYears(most: most)
    return times.flatMap { moment in
      let x = x(moment)
      let name = step.map { Self.name(moment, $0) } ?? String(Times.parts(moment).year)
      return [
        SVG.line(x, top, x, bottom, style: "grid"),
        SVG.text(x, bottom + 16, name, anchor: "middle"),
      ]
    }
  }

  /// Multiples of a distance.
  private func rounded(_ step: Int64) -> [Timestamp] {
    var times: [Timestamp] = []
    var time = Times.floorDivide(first.nanoseconds, step).quotient &* step
    while time <= last.nanoseconds, times.count < 64 {
      if time >= first.nanoseconds { times.append(Timestamp(nanoseconds: time)) }
      let (next, overflow) = time.addingReportingOverflow(step)
      if overflow { break }
      time = next
    }
    return times
  }

  /// The first moments of years.
  private func newYears(most: Int64) -> [Timestamp] {
    let (begin, end) = (Times.parts(first).year, Times.parts(last).year)
    let step = Self.years.first { Int64((end - begin) / $0) < most } ?? 100
    return (begin...max(begin, end)).filter { $0 % step == 0 }.map(Times.newYear)
      .filter { $0 >= first && $0 <= last }
  }

  /// A day, or the time of day as exact as the distance asks for.
  private static func name(_ time: Timestamp, _ step: Int64) -> String {
    let parts = Times.parts(time)
    if step >= day { return Times.date(parts) }
    let clock = Times.clock(parts, digits: step < second ? 3 : 0)
    return step >= 60 * second ? String(clock.prefix(5)) : clock
  }
}
