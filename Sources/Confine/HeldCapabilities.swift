import CLinux
import Glibc

/// The calling thread's capabilities as the kernel's bit masks.
struct HeldCapabilities: Hashable {
  /// The highest number that the masks can hold; a kernel answers EINVAL above its own last.
  private static let last: Int32 = 63
  private static let setPrivileges: UInt64 = 1 << 8

  let permitted: UInt64
  let effective: UInt64

  /// Reads them. The corresponding system call is `capget`.
  init() throws(SystemFailure) {
    var permitted: UInt64 = 0
    var effective: UInt64 = 0
    guard unsafe linux_capabilities(&permitted, &effective) == 0 else {
      throw SystemFailure(number: errno)
    }
    self.permitted = permitted
    self.effective = effective
  }

  /// Gives up everything outside `kept` for the calling thread, and the way back: the bounding set and the ambient
  /// set are emptied and user 0 loses its meaning, where the right to do so (CAP_SETPCAP) is held.
  func reduce(to kept: UInt64) throws(SystemFailure) {
    if effective & Self.setPrivileges != 0 {
      for capability in 0...Self.last
      where linux_drop_bounding_capability(capability) != 0 {
        let failure = errno
        if failure == EINVAL { break }
        throw SystemFailure(number: failure)
      }
      guard linux_lock_secure_bits() == 0 else { throw SystemFailure(number: errno) }
    }
    // Kernels before 4.3 have no ambient set: EINVAL.
    if linux_clear_ambient_capabilities() != 0 && errno != EINVAL {
      throw SystemFailure(number: errno)
    }
    guard linux_set_capabilities(permitted & kept, effective & kept) == 0 else {
      throw SystemFailure(number: errno)
    }
  }
}
