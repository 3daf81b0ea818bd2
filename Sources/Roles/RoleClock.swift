import Glibc

/// A clock that never goes back.
enum RoleClock {
  /// Milliseconds. The corresponding C function is `clock_gettime` with CLOCK_MONOTONIC.
  static var milliseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
