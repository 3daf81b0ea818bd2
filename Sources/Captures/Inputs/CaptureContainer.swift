import Glibc

/// An input as it is named: a capture, compressed or not, or an archive of captures.
public struct CaptureContainer: ~Copyable {
  /// How many compressions and archives are undone, one inside the other.
  public static var mostLayers: Int { InputLayers.deepest }
  /// How many members of an archive are looked at.
  public static var mostMembers: Int { ArchiveReader.mostMembers }
  /// How many times its own size an input may unpack to; the first 64 MiB are free.
  public static var mostExpansion: UInt64 { ExpansionLimit.ratio }

  /// What is no archive, until it is handed out.
  private var file: BufferedInput?
  private let archive: ArchiveReader?
  private let layers: InputLayers
  /// Members that are no captures, so far.
  public private(set) var passedOver = 0
  /// Whether it is an archive.
  public let isArchive: Bool
  /// Whether the bytes of a regular file are read, so that the same path gives the same bytes once more.
  public let isRepeatable: Bool
  /// The path as given.
  public let name: String

  /// Opens what is at `path`, `-` being standard input, and undoes compressions as far as an archive or a capture.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - interrupt: Ends waits for a pipe.
  ///   - meter: Counts what is read.
  ///   - follows: Whether the end of a regular file is waited at; a read without anything new then ends as by an interrupt.
  /// - Throws: `CaptureError` as `CaptureFile` does; also `tooManyLayers`.
  public init(
    path: String, interrupt: Interrupt? = nil, meter: ByteMeter? = nil, follows: Bool = false
  ) throws(CaptureError) {
    let input = try CaptureFile.input(path: path, interrupt?.descriptor, meter: meter)
    input.wait(opening: interrupt)
    if follows, let interrupt { input.follow(interrupt) }
    let isRegular = input.size != nil
    var layers = InputLayers(interrupt: interrupt)
    let content = try layers.open(input)
    switch consume content {
    case .file(let input): self.init(path, isRegular, layers, file: input, archive: nil)
    case .archive(let reader): self.init(path, isRegular, layers, file: nil, archive: reader)
    }
  }

  private init(
    _ name: String, _ isRegular: Bool, _ layers: InputLayers, file: consuming BufferedInput?,
    archive: ArchiveReader?
  ) {
    self.name = name
    isRepeatable = isRegular && name != "-"
    self.layers = layers
    self.file = file
    self.archive = archive
    isArchive = archive != nil
  }

  /// The next capture; nil when there is none left. It must be read before the next one is asked for.
  ///
  /// - Throws: `CaptureError` when the input, or a member of it, can't be read; the next call goes on behind it.
  public mutating func next() throws(CaptureError) -> CaptureFile? {
    if let archive { return try nextMember(archive) }
    guard let input = file.take() else { return nil }
    return try CaptureFile.reading(input, isUnpacked: layers.depth > 0)
  }

  private mutating func nextMember(_ reader: ArchiveReader) throws(CaptureError) -> CaptureFile? {
    while let member = try reader.next() {
      do throws(CaptureError) {
        return try open(member, of: reader)
      } catch {
        guard [.notACapture, .empty].contains(error.failure),
          !CaptureName.isOne(member.name ?? [])
        else { throw error.inside(member.name) }
        passedOver += 1
      }
    }
    return nil
  }

  private func open(
    _ member: ArchiveMember, of reader: ArchiveReader
  ) throws(CaptureError) -> CaptureFile {
    var layers = layers
    let input = BufferedInput(MemberSource(reader, member), source: reader.source)
    let content = try layers.open(input)
    switch consume content {
    case .file(let input):
      return try CaptureFile.reading(input, member: member.name, isUnpacked: true)
    case .archive:
      throw CaptureError(source: reader.source, failure: .archiveInArchive)
    }
  }
}
