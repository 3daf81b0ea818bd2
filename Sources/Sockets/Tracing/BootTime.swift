import Glibc

/// The clock of the trace rings and of processes' start times.
enum BootTime {
  /// Nanoseconds after boot, time asleep included. The corresponding C function is `clock_gettime` with CLOCK_BOOTTIME.
  static var now: UInt64 { read(CLOCK_BOOTTIME) }

  /// A time of day, in nanoseconds since 1970, as nanoseconds after boot; 0 for one before it.
  static func at(realTime: Int64) -> UInt64 {
    let (time, isTooBig) = realTime.subtractingReportingOverflow(boot)
    return isTooBig || time < 0 ? 0 : UInt64(time)
  }

  /// Nanoseconds after boot as nanoseconds since 1970.
  static func realTime(at time: UInt64) -> Int64 { Int64(clamping: time) &+ boot }

  /// The moment of the boot in nanoseconds since 1970, as the clocks stand now. Both are read until nothing came between.
  private static var boot: Int64 {
    var best = (spread: UInt64.max, boot: Int64(0))
    for _ in 0..<8 where best.spread > 20_000 {
      let before = now
      let real = Int64(clamping: read(CLOCK_REALTIME))
      let spread = now &- before
      if spread < best.spread {
        best = (spread, real &- Int64(clamping: before &+ spread / 2))
      }
    }
    return best.boot
  }

  /// The clock tick of a time after boot, as the start times in /proc count them.
  static func ticks(at time: UInt64) -> UInt64 {
    let second = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    return time / (1_000_000_000 / min(second, 1_000_000_000))
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
  }
}
