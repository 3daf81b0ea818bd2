import Glibc
import Synchronization

/// A descriptor to write to. A pipe's reader that takes nothing is waited for, but not beyond the end that the user asks
/// for: a write that blocks would outlast the signals, which a loop answers.
public struct PatientDescriptor: Sendable {
  /// Why nothing more was written.
  public enum Failure: Error, Hashable, Sendable {
    /// The system call's `errno`; EPIPE when the reader is gone.
    case system(Int32)
    /// The end was asked for, and the reader takes nothing.
    case stalled
  }

  /// What a pipe surely takes in one piece when `poll` says that it takes something (PIPE_BUF).
  private static let piece = 4_096
  /// How long a reader that takes nothing is waited for after the end was asked for, in milliseconds.
  private static let patience: Int32 = 600
  private static let step: Int32 = 100

  private let descriptor: Int32
  /// Whether a write can wait for a reader; one to a regular file can't.
  private let canWait: Bool
  private static let endWasAsked = Atomic(false)

  /// Writes to `descriptor`, which stays the caller's to close.
  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    canWait = unsafe fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG
  }

  /// Says that the process was asked to end, by a SIGINT or SIGTERM that was taken: from here on no reader that takes
  /// nothing is waited for without a limit. A signal that is blocked and not yet taken is seen without it.
  public static func noteEnd() { endWasAsked.store(true, ordering: .relaxed) }

  /// Writes all bytes, through interruptions and short writes.
  ///
  /// The corresponding C function is `write`.
  ///
  /// - Throws: `Failure`; how much was written before is not known then.
  public func write(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      if canWait, !waitForReader() { throw .stalled }
      let most = canWait ? Self.piece : .max
      let count = unsafe bytes.withUnsafeBytes { bytes in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, min(most, rest.count))
      }
      if count > 0 {
        written += count
        continue
      }
      // A descriptor that takes nothing and does not say why would be asked for ever.
      guard count < 0 else { throw .system(EIO) }
      guard errno == EINTR || errno == EAGAIN else { throw .system(errno) }
    }
  }

  /// Whether a pipe has nobody any more who could read it.
  static func isReaderGone(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: 0, revents: 0)
    return unsafe poll(&request, 1, 0) > 0 && request.revents & Int16(POLLERR) != 0
  }

  /// Waits until the reader takes something; false when the end was asked for and it takes nothing.
  private func waitForReader() -> Bool {
    var waited: Int32 = 0
    while true {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let ready = unsafe poll(&request, 1, Self.step)
      if ready > 0 || ready < 0 && errno != EINTR { return true }
      guard Self.endWasAsked.load(ordering: .relaxed) || Self.isEndPending else { continue }
      waited += Self.step
      if waited >= Self.patience { return false }
    }
  }

  /// Whether SIGINT or SIGTERM waits to be taken.
  private static var isEndPending: Bool {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return false }
    return unsafe sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
  }
}
