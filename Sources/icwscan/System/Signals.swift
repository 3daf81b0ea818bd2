import CLinux
import Captures
import Glibc

/// The signals that the live loop and the analysis answer, read from a descriptor instead of interrupting.
///
/// The corresponding C function is `signalfd`.
final class Signals {
  /// What a signal asks for.
  enum Request: Sendable {
    /// SIGINT or SIGTERM: end normally; a second one leaves at once.
    case end
    /// SIGUSR1: print the counters and go on.
    case counters
    /// SIGUSR2: flush the written capture.
    case flush
    /// SIGHUP: open the written capture anew.
    case reopen
    /// SIGWINCH: the terminal has other measures.
    case resized
    /// SIGCONT: the process was stopped, and somebody else had the terminal.
    case continued
  }

  /// For `poll`.
  let descriptor: Int32

  /// All signals that ask for something.
  static let all = [SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGHUP]

  /// Blocks the signals for this process and opens their descriptor.
  init(_ numbers: [Int32] = all) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    unsafe sigprocmask(SIG_BLOCK, &set, nil)
    isOwn = true
    descriptor = unsafe signalfd(-1, &set, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
  }

  /// The signals of the run that has this descriptor, for work on another thread: any that waits ends the work, and is left
  /// to the run.
  init(beside descriptor: Int32) {
    self.descriptor = descriptor
    isOwn = false
  }

  deinit { if isOwn { close(descriptor) } }

  private let isOwn: Bool

  /// The signal that asked to end last.
  private var last = SIGTERM

  /// Requests that were taken from the descriptor and not yet handed out.
  private var waiting: [Request] = []
  /// Whether work beside the run was told that a signal waits.
  private var isToldOf = false

  /// The next waiting request; nil when none waits.
  func next() -> Request? {
    guard isOwn else {
      guard !isToldOf, Self.isWaiting(at: descriptor) else { return nil }
      isToldOf = true
      return .end
    }
    return waiting.isEmpty ? take() : waiting.removeFirst()
  }

  /// Whether one of the waiting requests is to end; all of them go on waiting, each kind once.
  func asksToEnd() -> Bool {
    guard isOwn else { return Self.isWaiting(at: descriptor) }
    while let request = take() {
      if !waiting.contains(request) { waiting.append(request) }
    }
    return waiting.contains(.end)
  }

  /// Whether a signal waits at the descriptor of one; any thread may ask. The corresponding C function is `poll`.
  static func isWaiting(at descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Whether a signal that asks to end waits for the run; any thread may ask. The corresponding C function is `sigpending`.
  static var endIsPending: Bool {
    var set = sigset_t()
    return unsafe sigpending(&set) == 0
      && (sigismember(&set, SIGINT) == 1 || sigismember(&set, SIGTERM) == 1)
  }

  private func take() -> Request? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe read(descriptor, &information, size) == size else { return nil }
    switch Int32(information.ssi_signo) {
    case SIGINT, SIGTERM:
      last = Int32(information.ssi_signo)
      PatientDescriptor.noteEnd()
      return .end
    case SIGUSR1: return .counters
    case SIGUSR2: return .flush
    case SIGHUP: return .reopen
    case SIGWINCH: return .resized
    case SIGCONT: return .continued
    default: return nil
    }
  }

  /// Ends the process by the signal that asked last, as if nobody had caught it.
  func leave() -> Never {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, last)
    _ = signal(last, SIG_DFL)
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
    raise(last)
    exit(128 + last)
  }

  /// A crash ends the process at once: the Swift runtime would start a program that looks into it, and so give whoever
  /// caused the crash a second one with all rights.
  static func leaveCrashesToTheSystem() { linux_leave_crashes_to_the_system() }

  /// A closed pipe is told by EPIPE, not by a signal.
  static func ignorePipe() {
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
