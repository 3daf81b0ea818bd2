import Glibc

/// Frames that wait on disk, in a file without a name, until it is known what is to become of them.
public struct FrameSpool: ~Copyable {
  /// A frame that waited.
  public struct Waiting: Sendable {
    /// The number that was given with it.
    public let tag: Int
    /// The second number that was given with it.
    public let second: Int
    /// Its captured bytes.
    public let bytes: [UInt8]
    /// Its length on the wire.
    public let length: Int
    /// Its time since 1970.
    public let nanoseconds: Int64
    /// Its DLT number.
    public let linkType: Int32
    /// Which of the input's interfaces it came from.
    public let interface: Int
  }

  private static let header = 40
  private let name: String
  private let descriptor: Int32
  private var file: OutputFile
  /// How many frames wait.
  private var count = 0
  private var failure: CaptureError?

  /// A spool in a folder.
  ///
  /// - Throws: `CaptureError` when no file can be made there.
  public init(directory: String) throws(CaptureError) {
    let descriptor = try UnnamedFile.descriptor(in: directory)
    name = directory
    self.descriptor = descriptor
    file = OutputFile(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 3), source: directory)
  }

  deinit { close(descriptor) }

  /// Adds a frame. After the first failure all later ones are dropped; `replay` tells of it.
  public mutating func append(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32, interface: Int,
    tag: Int,
    second: Int = 0
  ) {
    guard failure == nil else { return }
    let bytes = bytes.extracting(first: CaptureWriter.longestFrame)
    let time = UInt64(bitPattern: nanoseconds)
    let tag = UInt64(tag.magnitude)
    do {
      file.append(
        numbers: UInt32(truncatingIfNeeded: tag), UInt32(truncatingIfNeeded: tag >> 32),
        UInt32(truncatingIfNeeded: time), UInt32(truncatingIfNeeded: time >> 32),
        UInt32(clamping: length), UInt32(bitPattern: linkType),
        UInt32(truncatingIfNeeded: interface), UInt32(truncatingIfNeeded: interface >> 32),
        UInt32(clamping: bytes.count), UInt32(clamping: second))
      file.append(bytes, padded: false)
      try file.endUnit()
      count += 1
    } catch {
      failure = error
    }
  }

  /// Takes all frames out, in the order in which they came.
  ///
  /// - Throws: `CaptureError` when not all could be kept, behind those that were.
  public mutating func replay(_ body: (Waiting) -> Void) throws(CaptureError) {
    if failure == nil { do { try file.flush() } catch { failure = error } }
    let frames = count
    count = 0
    guard frames > 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      if let failure { throw failure }
      return
    }
    var input = BufferedInput(
      try DescriptorSource(
        descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 3), name: name, interrupt: nil),
      source: name)
    for _ in 0..<frames {
      guard try input.require(Self.header) else { break }
      let captured = Int(input.uint32(at: 32))
      guard try input.require(Self.header + captured) else { break }
      body(Self.frame(input, captured))
      input.skip(Self.header + captured)
    }
    // The next frames take the place of these. Both descriptors share one position.
    _ = lseek(descriptor, 0, SEEK_SET)
    if let failure { throw failure }
  }

  private static func frame(_ input: borrowing BufferedInput, _ captured: Int) -> Waiting {
    func number(_ position: Int) -> UInt64 {
      UInt64(input.uint32(at: position)) | UInt64(input.uint32(at: position + 4)) << 32
    }
    let bytes = input.unread.extracting(header..<header + captured)
    return Waiting(
      tag: Int(truncatingIfNeeded: number(0)), second: Int(input.uint32(at: 36)),
      bytes: unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) },
      length: Int(input.uint32(at: 16)), nanoseconds: Int64(bitPattern: number(8)),
      linkType: Int32(bitPattern: input.uint32(at: 20)),
      interface: Int(truncatingIfNeeded: number(24)))
  }
}
