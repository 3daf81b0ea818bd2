import Captures
import Glibc

/// The lines of a file, from any offset; each is bounded.
struct LineReader: ~Copyable {
  /// Bytes of the longest line that is taken.
  static let longest = 4 * 1024 * 1024
  private static let chunk = 262_144

  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  /// Where in the buffer the next line begins, and what was looked through for its end.
  private var start = 0
  private var searched = 0
  private var hasEnded = false
  /// The offset of the next line in the file.
  private(set) var offset: Int64

  /// Reads an open file, which it takes over, from an offset on.
  init(descriptor: Int32, name: String, offset: Int64 = 0) {
    self.descriptor = descriptor
    self.name = name
    self.offset = offset
  }

  deinit { close(descriptor) }

  /// The next line without its end; nil at the end of the file. Of a line that is too long, only its beginning.
  ///
  /// - Throws: `CaptureError` when reading fails.
  mutating func next() throws(CaptureError) -> [UInt8]? {
    while true {
      if let end = buffer[max(start, searched)...].firstIndex(of: 10) {
        defer { pass(end + 1) }
        return Array(buffer[start..<min(end, start + Self.longest)])
      }
      searched = buffer.count
      if hasEnded {
        guard start < buffer.count else { return nil }
        defer { pass(buffer.count) }
        return Array(buffer[start...].prefix(Self.longest))
      }
      if buffer.count - start > Self.longest + Self.chunk {
        // The rest of a line that is too long is passed over, not held.
        let kept = start + Self.longest + 1
        offset += Int64(buffer.count - kept)
        buffer.removeSubrange(kept...)
        searched = kept
      }
      try fill()
    }
  }

  private mutating func pass(_ end: Int) {
    offset += Int64(end - start)
    start = end
    searched = end
  }

  private mutating func fill() throws(CaptureError) {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    let place = offset + Int64(buffer.count)
    var code: Int32 = 0
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunk) { memory, count in
      var got: Int
      repeat {
        got = unsafe pread(descriptor, memory.baseAddress, Self.chunk, off_t(place))
      } while got < 0 && errno == EINTR
      code = got < 0 ? errno : 0
      count = max(got, 0)
    }
    guard code == 0 else { throw CaptureError(source: name, code: code) }
    if chunk.isEmpty { hasEnded = true } else { buffer += chunk }
  }
}
