import Glibc

/// What both processes measure time by.
enum RoleClock {
  /// Milliseconds of a clock that never goes back. The corresponding C function is `clock_gettime` with CLOCK_MONOTONIC.
  static var milliseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970, by the clock that the parser reads, too: `time` may be behind it by a tick.
  static var seconds: time_t {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec
  }
}
