import Glibc

/// Turns ticks after boot into times of day.
struct BootClock: Hashable {
  /// Boot in seconds since 1970 (`btime` of /proc/stat).
  var bootSeconds: Int64
  /// Ticks a second.
  var ticksPerSecond: Int64

  /// From the text of /proc/stat; nil without a plausible `btime`.
  init?(_ text: [UInt8], ticksPerSecond: Int) {
    guard let seconds = StatusText.numbers(after: "btime ", in: text).first,
      let bootSeconds = Int64(exactly: seconds), ticksPerSecond > 0
    else { return nil }
    self.bootSeconds = bootSeconds
    self.ticksPerSecond = Int64(ticksPerSecond)
  }

  /// The clock of this host.
  init?(in proc: borrowing Descriptor) {
    guard let text = try? proc.contents(of: "stat", limit: 1 << 20) else { return nil }
    self.init(text, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Nanoseconds since 1970 at `ticks` after boot; nil when that leaves the range.
  func time(atTicks ticks: UInt64) -> Int64? {
    guard let ticks = Int64(exactly: ticks) else { return nil }
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: ticksPerSecond)
    let (sum, tooBig) = bootSeconds.addingReportingOverflow(seconds)
    let (nanoseconds, tooBigStill) = sum.multipliedReportingOverflow(by: 1_000_000_000)
    let fraction = rest * (1_000_000_000 / ticksPerSecond)
    let (time, atLast) = nanoseconds.addingReportingOverflow(fraction)
    return tooBig || tooBigStill || atLast ? nil : time
  }
}
