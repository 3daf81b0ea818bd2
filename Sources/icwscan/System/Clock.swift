import Glibc
import Packets

/// The wall clock.
enum Clock {
  /// Now. The corresponding C function is `clock_gettime` with CLOCK_REALTIME.
  static var now: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}
