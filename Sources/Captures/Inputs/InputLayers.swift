/// What an input turns out to be once its compressions are undone.
enum InputContent: ~Copyable {
  /// No archive: a capture, or nothing that is known here.
  case file(BufferedInput)
  /// An archive, whose members are looked at one by one.
  case archive(ArchiveReader)
}

/// The compressions and archives around a capture.
struct InputLayers {
  /// How many are undone, one inside the other: a compressed archive of compressed captures has three.
  static let deepest = 3

  /// Layers undone so far.
  private(set) var depth = 0
  /// Whether one of them was an archive: archives inside of archives are not opened.
  private(set) var isInsideArchive = false
  /// Ends a wait for a pipe.
  let interrupt: Interrupt?

  /// Nothing undone yet.
  init(interrupt: Interrupt? = nil) { self.interrupt = interrupt }

  /// Undoes compressions until there is an archive or neither.
  ///
  /// - Throws: `CaptureError` when there are more layers than are followed, or one is damaged at its start.
  mutating func open(_ input: consuming BufferedInput) throws(CaptureError) -> InputContent {
    var input = input
    while try !Self.isCapture(&input) {
      _ = try input.require(8)
      if input.unread.begins(with: SnoopSource.magic) {
        let name = input.source
        return .file(BufferedInput(try SnoopSource(input), source: name))
      }
      if let compression = Compression(beginning: input.unread) {
        try enter(input.source)
        input = try unpacked(input, compression)
        continue
      }
      _ = try input.require(ArchiveFormat.shown)
      guard let format = ArchiveFormat(beginning: input.unread) else { break }
      guard !isInsideArchive else {
        throw CaptureError(source: input.source, failure: .archiveInArchive)
      }
      try enter(input.source)
      isInsideArchive = true
      return .archive(try ArchiveReader(input, format, interrupt))
    }
    return .file(input)
  }

  /// Whether the first bytes are a capture's. No more are waited for than that takes: a pipe may be slow.
  private static func isCapture(_ input: inout BufferedInput) throws(CaptureError) -> Bool {
    guard try input.require(4) else { return true }
    let magic = input.uint32(at: 0)
    return magic == PcapngSection.header || PcapLayout.Kind(magic: magic) != nil
  }

  private mutating func enter(_ source: String) throws(CaptureError) {
    guard depth < Self.deepest else {
      throw CaptureError(source: source, failure: .tooManyLayers)
    }
    depth += 1
  }

  private func unpacked(
    _ input: consuming BufferedInput, _ compression: Compression
  ) throws(CaptureError) -> BufferedInput {
    let name = input.source
    guard compression != .gzip else {
      return BufferedInput(try GzipSource(input), source: name)
    }
    let reader = try ArchiveReader(input, compression, interrupt)
    guard let member = try reader.next() else {
      throw CaptureError(source: name, failure: .empty)
    }
    return BufferedInput(MemberSource(reader, member), source: name)
  }
}
