import Glibc

/// An open file, closed when this value ends. Paths are relative to it where it is a directory.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over an open descriptor.
  init(owning number: Int32) {
    self.number = number
  }

  deinit { _ = close(number) }

  /// Opens a file or directory. The corresponding C function is `openat`.
  init(
    _ path: String, in directory: Int32 = AT_FDCWD, flags: Int32 = O_RDONLY
  ) throws(SystemError) {
    while true {
      let opened = unsafe openat(directory, path, flags | O_CLOEXEC)
      if opened >= 0 {
        number = opened
        return
      }
      let failure = errno
      if failure != EINTR { throw SystemError(number: failure) }
    }
  }

  /// Hands the open descriptor to someone else.
  consuming func release() -> Int32 {
    let released = number
    discard self
    return released
  }

  /// Reads on into `buffer`; the number of bytes, 0 at the end. The corresponding C function is `read`.
  func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      let failure = errno
      if failure != EINTR { throw SystemError(number: failure) }
    }
  }

  /// The file's bytes up to `limit`.
  func contents(limit: Int) throws(SystemError) -> [UInt8] {
    var contents: [UInt8] = []
    // Most files here are short: only for one that fills it a larger buffer is worth its zeroes.
    var buffer = [UInt8](repeating: 0, count: min(limit, 4_096))
    while contents.count < limit {
      let count = try read(into: &buffer)
      if count == 0 { break }
      contents.append(contentsOf: buffer[..<min(count, limit - contents.count)])
      if count == buffer.count, count < 65_536 { buffer = [UInt8](repeating: 0, count: 65_536) }
    }
    return contents
  }

  /// The bytes of a file below this directory, up to `limit`.
  func contents(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let file = try Descriptor(path, in: number)
    return try file.contents(limit: limit)
  }

  /// Where a symbolic link below this directory points. The corresponding C function is `readlinkat`.
  func link(_ path: String) throws(SystemError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return -1 }
      return unsafe readlinkat(
        number, path, base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    if count < 0 { throw SystemError(number: errno) }
    return Array(buffer[..<min(count, buffer.count)])
  }

  /// What this file is. The corresponding C function is `fstat`.
  func status() throws(SystemError) -> stat {
    var status = stat()
    let result = unsafe fstat(number, &status)
    if result != 0 { throw SystemError(number: errno) }
    return status
  }

  /// What the file below this directory is, links followed unless told. The corresponding C function is `fstatat`.
  func status(of path: String, followingLinks: Bool = true) throws(SystemError) -> stat {
    var status = stat()
    let result = unsafe fstatat(number, path, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
    if result != 0 { throw SystemError(number: errno) }
    return status
  }

  /// As `status(of:)` for a path of raw bytes without NUL.
  func status(ofBytes path: [UInt8], followingLinks: Bool) throws(SystemError) -> stat {
    var status = stat()
    let terminated = path.map { CChar(bitPattern: $0) } + [0]
    let result = unsafe terminated.withUnsafeBufferPointer { name in
      guard let base = name.baseAddress else { return Int32(-1) }
      return unsafe fstatat(number, base, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
    }
    if result != 0 { throw SystemError(number: errno) }
    return status
  }
}
