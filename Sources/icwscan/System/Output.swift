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
  }

  private static let bufferSize = 65_536
  private var buffer: [UInt8] = []
  private let descriptor: Int32
  private let flushesEachLine: Bool

  /// Writes to `descriptor`; `flushesEachLine` for a terminal or `-l`.
  init(descriptor: Int32 = STDOUT_FILENO, flushesEachLine: Bool) {
    self.descriptor = descriptor
    self.flushesEachLine = flushesEachLine || isatty(descriptor) == 1
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// One line of text; the line's end is added.
  mutating func line(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    buffer.append(10)
    try flushIfNeeded()
  }

  /// Bytes that end in their own line's end (a JSON record).
  mutating func bytes(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    try flushIfNeeded()
  }

  private mutating func flushIfNeeded() throws(Failure) {
    if flushesEachLine || buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes everything out.
  mutating func flush() throws(Failure) {
    var written = 0
    defer { buffer.removeFirst(min(written, buffer.count)) }
    while written < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      }
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe Glibc.poll(&poll, 1, -1)
      case EPIPE:
        written = buffer.count
        throw .closed
      default:
        let failure = errno
        written = buffer.count
        throw .failed(failure)
      }
    }
  }
}
