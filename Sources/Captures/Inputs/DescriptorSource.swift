import Glibc

/// The bytes of an open descriptor, which it owns.
final class DescriptorSource: ByteSource {
  /// Named in errors.
  let name: String
  /// The size of a regular file, from where it was opened.
  let size: UInt64?
  private let descriptor: Int32
  private let start: off_t
  private let interrupt: Int32?
  private let meter: ByteMeter?
  /// Set while what it holds is made out, which can't be left and taken up again: only an interrupt that asks to end
  /// ends a wait then.
  var opening: Interrupt?
  /// Set where a file grows: its end is then waited at, and each second without anything new ends a read as an interrupt
  /// does.
  var following: Interrupt?
  /// Whether its name leads to another file by now, so that its next end is the last.
  private var isReplaced = false

  /// Takes over an open descriptor, but not `interrupt`; a directory is refused here.
  init(
    descriptor: Int32, name: String, interrupt: Int32?, meter: ByteMeter? = nil
  ) throws(CaptureError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw CaptureError(source: name, code: code)
    }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      _ = close(descriptor)
      throw CaptureError(source: name, failure: .isDirectory)
    }
    self.descriptor = descriptor
    self.name = name
    self.meter = meter
    let position = kind == S_IFREG ? lseek(descriptor, 0, SEEK_CUR) : -1
    start = position
    size = position < 0 ? nil : UInt64(clamping: max(0, status.st_size - position))
    // A file on a disk never makes its reader wait for long, and `poll` always calls it ready.
    self.interrupt = kind == S_IFREG || kind == S_IFBLK ? nil : interrupt
    if kind == S_IFREG { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
  }

  deinit { _ = close(descriptor) }

  /// Whether the bytes can be read again from another place.
  var isSeekable: Bool { start >= 0 }

  /// Goes to an offset from where the descriptor was opened; false where that can't be done.
  func seek(to offset: UInt64) -> Bool {
    guard isSeekable, let distance = off_t(exactly: offset) else { return false }
    let (place, overflow) = start.addingReportingOverflow(distance)
    return !overflow && lseek(descriptor, place, SEEK_SET) == place
  }

  /// Goes to an offset to which others have read, from the one to which it was read here; false where that can't be done.
  func advance(from one: UInt64, to other: UInt64) -> Bool {
    guard seek(to: other) else { return false }
    meter?.move(from: one, to: other)
    return true
  }

  /// The same file for other threads; nil where it can't be read at several places, or grows.
  func shared() -> SharedDescriptor? {
    guard size != nil, following == nil else { return nil }
    return SharedDescriptor(copying: descriptor, start: start)
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    while true {
      if let interrupt { try wait(or: interrupt) }
      let got = unsafe Glibc.read(descriptor, memory.baseAddress, memory.count)
      if got == 0, let following, try isWorthWaiting(following) { continue }
      if got >= 0 {
        meter?.add(got)
        return got
      }
      try wait(after: errno)
    }
  }

  /// Waits for the file to grow; false when it was cut back, or its name leads to another file and nothing is left of
  /// this one.
  private func isWorthWaiting(_ interrupt: Interrupt) throws(CaptureError) -> Bool {
    guard !isReplaced else { return false }
    var request = pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0)
    for _ in 0..<5 {
      if unsafe poll(&request, 1, 200) > 0, opening == nil || interrupt.asksToEnd() {
        throw CaptureError(source: name, failure: .interrupted)
      }
      var status = stat()
      var named = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { return false }
      let position = lseek(descriptor, 0, SEEK_CUR)
      if status.st_size < position { return false }
      if status.st_size > position { return true }
      let isThere = unsafe stat(RawPath.terminated(name), &named) == 0
      if !isThere || (named.st_dev, named.st_ino) != (status.st_dev, status.st_ino) {
        // What was written before it was moved away is still to be read.
        isReplaced = true
        return true
      }
    }
    guard opening == nil else { return true }
    throw CaptureError(source: name, failure: .interrupted)
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
    default: throw CaptureError(source: name, code: code)
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
        guard errno == EINTR else { throw CaptureError(source: name, code: errno) }
        continue
      }
      // A descriptor that is not open is no interrupt.
      if Int32(requests.0.revents) & (POLLIN | POLLHUP | POLLERR) != 0 {
        if let opening, !opening.asksToEnd() { continue }
        throw CaptureError(source: name, failure: .interrupted)
      }
      if requests.1.revents != 0 { return }
      // The interrupt is not open: there is only the input to wait for.
      if requests.0.revents != 0 { return }
    }
  }
}
