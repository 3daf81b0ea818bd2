import Glibc

/// Why the kernel's trace events can't be had.
public enum TraceObstacle: Error, Hashable, Sendable {
  /// The kernel has no tracefs, or not the events that are needed.
  case notInKernel
  /// A right is lacking: root, and that the kernel is not locked down.
  case notPermitted
  /// This process does not see the first PID namespace, in whose numbers events speak.
  case otherPIDNamespace
  /// A system call failed otherwise; the number is that of errno(3).
  case system(Int32)

  init(_ error: SystemError) {
    switch error.number {
    case EPERM, EACCES, EROFS: self = .notPermitted
    case ENOENT, ENOSYS, ENODEV: self = .notInKernel
    default: self = .system(error.number)
    }
  }
}
