import Glibc
import Packets

/// The wall clock.
enum Clock {
  /// Nanoseconds of a clock that nobody sets. The corresponding C function is `clock_gettime` with CLOCK_MONOTONIC.
  static var monotonic: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Now. The corresponding C function is `clock_gettime` with CLOCK_REALTIME.
  static var now: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}
