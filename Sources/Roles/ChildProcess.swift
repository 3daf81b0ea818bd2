import CLinux
import Glibc

/// A process that this one forked.
final class ChildProcess {
  /// Its number.
  let number: Int32
  /// Becomes readable when it ends; -1 where the kernel gives none.
  let descriptor: Int32
  private var end: End?

  /// How a process ended.
  public enum End: Hashable {
    /// With this exit status.
    case status(Int32)
    /// By this signal.
    case signal(Int32)
  }

  /// The child with this number, which nobody else waits for.
  init(number: Int32) {
    self.number = number
    descriptor = linux_process_descriptor(number)
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Forks: the child in the parent, nil in the child. Throws the errno of a system that gives no process.
  ///
  /// One thread alone must run: a lock that another held would stay locked in the child for ever.
  static func fork() throws(RoleFailure) -> ChildProcess? {
    let number = linux_fork()
    if number < 0 { throw RoleFailure(number: errno) }
    return number == 0 ? nil : ChildProcess(number: number)
  }

  /// Sends a signal, to this process and no other that got its number.
  func send(_ signal: Int32) {
    guard end == nil else { return }
    if descriptor >= 0 {
      _ = linux_signal_process(descriptor, signal)
    } else {
      // It was not waited for: its number is not given to another.
      kill(number, signal)
    }
  }

  /// How it ended; nil while it runs, unless `waits`.
  func ended(waits: Bool = false) -> End? {
    if let end { return end }
    var status: Int32 = 0
    while true {
      let found = unsafe waitpid(number, &status, waits ? 0 : WNOHANG)
      if found == 0 { return nil }
      if found < 0 {
        if errno == EINTR { continue }
        // Nobody's child any more: as if it had ended well would be a lie.
        end = .status(70)
        return end
      }
      end = status & 0x7f == 0 ? .status(status >> 8 & 0xff) : .signal(status & 0x7f)
      return end
    }
  }
}
