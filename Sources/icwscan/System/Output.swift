import Captures
import Glibc

/// Standard output behind one bounded buffer. A closed pipe ends the program quietly, as it does `head`'s other
/// neighbours; any other failure is said once.
struct Output: ~Copyable {
  /// Why nothing more can be written.
  enum Failure: Error {
    /// The reader is gone.
    case closed
    /// Anything else, by errno.
    case failed(Int32)
    /// The end was asked for, and the reader takes nothing.
    case stalled
    /// More than is collected in memory.
    case tooMuch
  }

  private static let bufferSize = 65_536
  private var buffer: [UInt8] = []
  /// Whether what comes is shown otherwise, and not written.
  var isMuted = false
  private let target: PatientDescriptor
  private let flushesEachLine: Bool
  /// How many bytes are collected at most; nil when they are written.
  private let most: Int?

  /// Writes to `descriptor`; `flushesEachLine` for a terminal or `-l`.
  init(descriptor: Int32 = STDOUT_FILENO, flushesEachLine: Bool) {
    target = PatientDescriptor(descriptor)
    self.flushesEachLine = flushesEachLine || isatty(descriptor) == 1
    most = nil
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Writes nothing and collects at most so many bytes, for another to write.
  init(collecting most: Int) {
    target = PatientDescriptor(STDOUT_FILENO)
    flushesEachLine = false
    self.most = most
  }

  /// What was collected.
  var collected: [UInt8] { buffer }

  /// One line of text; the line's end is added.
  mutating func line(_ text: String) throws(Failure) {
    if isMuted { return }
    buffer.append(contentsOf: text.utf8)
    buffer.append(10)
    try flushIfNeeded()
  }

  /// Bytes that end in their own line's end (a JSON record).
  mutating func bytes(_ bytes: [UInt8]) throws(Failure) {
    if isMuted { return }
    buffer.append(contentsOf: bytes)
    try flushIfNeeded()
  }

  private mutating func flushIfNeeded() throws(Failure) {
    if let most {
      guard buffer.count <= most else { throw .tooMuch }
      return
    }
    if flushesEachLine || buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes everything out.
  mutating func flush() throws(Failure) {
    guard most == nil, !buffer.isEmpty else { return }
    Progress.erase()
    defer { buffer.removeAll(keepingCapacity: true) }
    do {
      try target.write(buffer)
    } catch {
      switch error {
      case .system(EPIPE): throw .closed
      case .system(let number): throw .failed(number)
      case .stalled: throw .stalled
      }
    }
  }
}
