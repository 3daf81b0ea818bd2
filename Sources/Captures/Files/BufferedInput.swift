import Glibc

/// A descriptor read through one buffer, which owns the descriptor.
///
/// The buffer grows only to what one record needs, and its callers bound that.
@safe struct BufferedInput: ~Copyable {
  /// One read takes so much: large enough that the system call does not count.
  static let chunk = 256 * 1024

  let descriptor: Int32
  /// Named in errors.
  let source: String
  /// The size of a regular file when it was opened.
  let size: UInt64?
  /// The offset of the first unread byte.
  private(set) var offset: UInt64 = 0
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private var hasEnded = false
  /// Ends a wait for a pipe when it becomes readable; nil where nothing waits.
  private let interrupt: Int32?

  /// Takes over an open descriptor, but not `interrupt`; a directory is refused here.
  init(descriptor: Int32, source: String, interrupt: Int32? = nil) throws(CaptureError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw CaptureError(source: source, code: code)
    }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      _ = close(descriptor)
      throw CaptureError(source: source, failure: .isDirectory)
    }
    self.descriptor = descriptor
    self.source = source
    let position = kind == S_IFREG ? lseek(descriptor, 0, SEEK_CUR) : -1
    size = position < 0 ? nil : UInt64(clamping: max(0, status.st_size - position))
    // A file on a disk never makes its reader wait for long, and `poll` always calls it ready.
    self.interrupt = kind == S_IFREG || kind == S_IFBLK ? nil : interrupt
    if kind == S_IFREG { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
    capacity = Self.chunk
    unsafe memory = .allocate(capacity: Self.chunk)
  }

  deinit {
    unsafe memory.deallocate()
    _ = close(descriptor)
  }

  /// How many bytes lie ready.
  var available: Int { end - start }

  /// The bytes that lie ready.
  var unread: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let bytes = unsafe UnsafeBufferPointer(start: memory + start, count: end - start)
      return unsafe _overrideLifetime(bytes.span, borrowing: self)
    }
  }

  /// Four ready bytes as a number in the host's order; zero where they do not all lie ready.
  @inline(__always) func uint32(at position: Int) -> UInt32 {
    guard position >= 0, position <= available - 4 else { return 0 }
    return unsafe UnsafeRawPointer(memory + start + position).loadUnaligned(as: UInt32.self)
  }

  /// Two ready bytes as a number in the host's order; zero where they do not both lie ready.
  func uint16(at position: Int) -> UInt16 {
    guard position >= 0, position <= available - 2 else { return 0 }
    return unsafe UnsafeRawPointer(memory + start + position).loadUnaligned(as: UInt16.self)
  }

  /// Makes `count` bytes lie ready; false when the input ends before.
  @inline(__always) mutating func require(_ count: Int) throws(CaptureError) -> Bool {
    if available >= count { return true }
    return try fill(count)
  }

  /// Passes `count` bytes that lie ready.
  @inline(__always) mutating func skip(_ count: Int) {
    let passed = min(max(0, count), available)
    start += passed
    offset &+= UInt64(passed)
  }

  /// Passes `count` bytes, ready or not; false when the input ends before.
  mutating func discard(_ count: Int) throws(CaptureError) -> Bool {
    var left = count
    while left > available {
      left -= available
      skip(available)
      guard try fill(1) else { return false }
    }
    skip(left)
    return true
  }

  /// Whether a regular file has ended before the size that it had when it was opened.
  var hasShrunk: Bool {
    guard let size else { return false }
    return hasEnded && offset &+ UInt64(available) < size
  }

  private mutating func fill(_ count: Int) throws(CaptureError) -> Bool {
    if start > 0, start + count > capacity || start == end {
      unsafe memory.update(from: memory + start, count: end - start)
      end -= start
      start = 0
    }
    if count > capacity { grow(to: count) }
    while available < count {
      guard !hasEnded else { return false }
      if let interrupt { try wait(or: interrupt) }
      let got = unsafe Glibc.read(descriptor, memory + end, capacity - end)
      if got > 0 {
        end += got
      } else if got == 0 {
        hasEnded = true
      } else {
        try wait(after: errno)
      }
    }
    return true
  }

  /// Goes on after an interruption, waits for a descriptor that does not block, and throws all
  /// else.
  private func wait(after code: Int32) throws(CaptureError) {
    switch code {
    case EINTR: return
    case EAGAIN:
      // With an interrupt, the next turn waits for both.
      guard interrupt == nil else { return }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&request, 1, -1)
    default: throw CaptureError(source: source, code: code)
    }
  }

  /// Waits until there is something to read, or throws when the interrupt comes first or at the
  /// same time.
  private func wait(or interrupt: Int32) throws(CaptureError) {
    while true {
      var requests = (
        pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0),
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      )
      let ready = unsafe withUnsafeMutablePointer(to: &requests) { both in
        unsafe both.withMemoryRebound(to: pollfd.self, capacity: 2) { unsafe poll($0, 2, -1) }
      }
      if ready < 0 {
        guard errno == EINTR else { throw CaptureError(source: source, code: errno) }
        continue
      }
      // A descriptor that is not open is no interrupt.
      if Int32(requests.0.revents) & (POLLIN | POLLHUP | POLLERR) != 0 {
        throw CaptureError(source: source, failure: .interrupted)
      }
      if requests.1.revents != 0 { return }
      // The interrupt is not open: there is only the input to wait for.
      if requests.0.revents != 0 { return }
    }
  }

  private mutating func grow(to count: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Self.chunk)
    unsafe larger.update(from: memory + start, count: end - start)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = count + Self.chunk
    end -= start
    start = 0
  }
}
