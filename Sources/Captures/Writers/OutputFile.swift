import Glibc

/// A descriptor written through one bounded buffer, in units that a reader needs whole: blocks of pcapng, records of pcap.
struct OutputFile: ~Copyable {
  private static let bufferSize = 262_144
  private let descriptor: Int32
  private let source: String
  private let target: PatientDescriptor
  private var buffer: [UInt8] = []
  /// Where in the buffer each unit ends.
  private var ends: [Int] = []
  /// Bytes written so far, those in the buffer included.
  private(set) var length: UInt64 = 0

  /// Creates or empties a file; `-` is standard output.
  ///
  /// - Throws: `CaptureError` when it can't be opened.
  init(path: String) throws(CaptureError) {
    let descriptor =
      path == "-"
      ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
      : unsafe open(
        RawPath.terminated(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o644)
    guard descriptor >= 0 else { throw CaptureError(source: path, code: errno) }
    self.init(descriptor: descriptor, source: path)
  }

  /// Takes over a descriptor that is open for writing; `source` stands in errors.
  init(descriptor: Int32, source: String) {
    self.descriptor = descriptor
    target = PatientDescriptor(descriptor)
    self.source = source
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Whatever ends the writer, what it was given is written: an error that nobody asked about any more is one of the
  /// disk, of which the next reader is told by the file's end.
  deinit {
    try? writeOut()
    close(descriptor)
  }

  /// Adds bytes of a unit.
  mutating func append(_ bytes: [UInt8]) {
    buffer += bytes
    length &+= UInt64(bytes.count)
  }

  /// Adds numbers, in this host's byte order.
  mutating func append(numbers: UInt32...) {
    for number in numbers {
      unsafe withUnsafeBytes(of: number) { bytes in unsafe buffer.append(contentsOf: bytes) }
    }
    length &+= UInt64(numbers.count * 4)
  }

  /// Adds a frame's bytes, padded with zeros to a multiple of four when asked.
  mutating func append(_ bytes: Span<UInt8>, padded: Bool) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe buffer.append(contentsOf: bytes) }
    let padding = padded ? (4 - bytes.count % 4) % 4 : 0
    for _ in 0..<padding { buffer.append(0) }
    length &+= UInt64(bytes.count + padding)
  }

  /// Ends a unit; writes out when the buffer is full.
  mutating func endUnit() throws(CaptureError) {
    ends.append(buffer.count)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes everything out. After a failure the buffer is dropped: the file ends in the last unit that is there whole.
  mutating func flush() throws(CaptureError) {
    defer {
      buffer.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
    try writeOut()
  }

  private func writeOut() throws(CaptureError) {
    guard !buffer.isEmpty else { return }
    let start = lseek(descriptor, 0, SEEK_CUR)
    do {
      try target.write(buffer)
    } catch {
      takeBackPart(since: start)
      switch error {
      case .system(let code): throw CaptureError(writing: source, code: code)
      case .stalled: throw CaptureError(source: source, failure: .stalled)
      }
    }
  }

  /// On a full disk a unit may have been written in part, for which readers would call the whole file damaged: that part is
  /// cut off again. What others have added behind it since stays.
  private func takeBackPart(since start: off_t) {
    let end = lseek(descriptor, 0, SEEK_CUR)
    var status = stat()
    // Where all append, the place of this write is not known.
    guard fcntl(descriptor, F_GETFL) & O_APPEND == 0, start >= 0, end > start,
      unsafe fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG, status.st_size == end
    else { return }
    let whole = ends.last { $0 <= Int(end - start) } ?? 0
    if ftruncate(descriptor, start + off_t(whole)) == 0 {
      _ = lseek(descriptor, start + off_t(whole), SEEK_SET)
    }
  }
}
