import Glibc

@testable import Captures

extension FuzzTarget {
  /// Capture files of every format, compressed and in archives: what is read of them is the same in one piece, frame by
  /// frame, through the sieve, and where the bytes come a few at a time.
  static let captures = FuzzTarget(name: "captures", longest: 65_536) {
    Recordings.files.filter { $0.count < 16_384 } + MadeCaptures.all + packedSeeds
  } run: { bytes in
    let file = MemoryFile(bytes)
    let whole = ReadCapture(path: file.path) { file, body in try file.read(most: 1_000, body) }
    let sifted = ReadCapture(path: file.path) { file, body in
      try file.read(
        most: 1_000, sifting: { batch, picked in picked += Array(0..<batch.count) }, body)
    }
    demand(whole == sifted, "the sieve gives what reading gives")
    guard bytes.count < 8_192 else { return }
    let single = ReadCapture(path: file.path) { file, body in try file.read(most: 1, body) }
    demand(whole == single, "frame by frame gives what reading gives")
    // Archives are opened by their path alone.
    guard !whole.isArchive else { return }
    let pieces = ReadCapture(bytes: bytes, piece: 13, name: file.path)
    demand(whole == pieces, "bytes that come late give what reading gives")
  }

  /// The smallest recordings, as the compressing programs of this host write them.
  private static var packedSeeds: [[UInt8]] {
    let small = Recordings.files.filter { $0.count < 2_048 }.prefix(2)
    let programs = [
      "gzip -c", "xz -c", "bzip2 -c", "zstd -qc", "lz4 -qc", "tar -cf - -C",
      "bsdtar --format zip -cf - -C",
      "bsdtar --format 7zip -cf - -C",
    ]
    return small.flatMap { file in
      programs.compactMap { program in
        let folder = "\(P_tmpdir)/icwscan-fuzz-\(getpid())"
        _ = unsafe mkdir(folder, 0o700)
        defer { _ = unsafe system("rm -rf \(folder)") }
        let source = unsafe fopen("\(folder)/a", "w")
        _ = unsafe fwrite(file, 1, file.count, source)
        _ = unsafe fclose(source)
        let input = program.hasSuffix("-C") ? "\(folder) a" : "\(folder)/a"
        _ = unsafe system("\(program) \(input) > \(folder)/b 2>/dev/null")
        let packed = Recordings.bytes("\(folder)/b")
        return packed.isEmpty ? nil : packed
      }
    }
  }
}

/// What a capture file gave: its frames, as far as they are looked at, and how it ended.
private struct ReadCapture: Equatable {
  private struct Seen: Equatable {
    let number: Int
    let nanoseconds: Int64?
    let length: Int
    let linkType: Int32
    let interface: Int
    let bytes: [UInt8]
    let comments: [[UInt8]]
    let process: UInt32?
  }

  /// Frames, and bytes of them, that are kept.
  private static let most = (frames: 2_000, bytes: 1_048_576)

  private var frames: [Seen] = []
  private var failures: [CaptureError.Failure] = []
  private var offsets: [UInt64?] = []
  private var passedOver = 0
  private var kept = 0
  private(set) var isArchive = false

  typealias Reading = (inout CaptureFile, (borrowing Frame) -> Bool) throws -> Int

  /// Reads what is at a path, all members of an archive too.
  init(path: String, _ reading: Reading) {
    do {
      var container = try CaptureContainer(path: path)
      isArchive = container.isArchive
      while true {
        do {
          guard var file = try container.next() else { break }
          take(&file, reading)
        } catch { note(error) }
        if failures.count > 100 || kept > Self.most.bytes { break }
      }
      passedOver = container.passedOver
    } catch { note(error) }
  }

  /// Reads bytes that come in pieces.
  init(bytes: [UInt8], piece: Int, name: String) {
    do {
      var layers = InputLayers()
      let content = try layers.open(BufferedInput(Pieces(bytes, most: piece), source: name))
      switch consume content {
      case .archive: isArchive = true
      case .file(let input):
        var file = try CaptureFile.reading(input, isUnpacked: layers.depth > 0)
        take(&file) { file, body in try file.read(most: 1_000, body) }
      }
    } catch { note(error) }
  }

  private mutating func note(_ error: any Error) {
    guard let error = error as? CaptureError else { return }
    failures.append(error.failure)
    offsets.append(error.offset)
  }

  private mutating func take(_ file: inout CaptureFile, _ reading: Reading) {
    var seen = frames
    var kept = kept
    do {
      while true {
        let count = try reading(&file) { frame in
          kept += frame.bytes.count
          seen.append(
            Seen(
              number: frame.number, nanoseconds: frame.nanoseconds, length: frame.length,
              linkType: frame.linkType, interface: frame.interface,
              bytes: [UInt8](copying: frame.bytes), comments: frame.comments,
              process: frame.processThread?.process))
          return seen.count < Self.most.frames && kept < Self.most.bytes
        }
        if count == 0 || seen.count >= Self.most.frames || kept >= Self.most.bytes { break }
      }
    } catch { note(error) }
    frames = seen
    self.kept = kept
  }
}

/// Bytes that are given a few at a time.
private final class Pieces: ByteSource {
  private var left: ArraySlice<UInt8>
  private let most: Int

  init(_ bytes: [UInt8], most: Int) {
    left = bytes[...]
    self.most = most
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    let count = min(memory.count, most, left.count)
    unsafe memory.copyBytes(from: left.prefix(count))
    left = left.dropFirst(count)
    return count
  }
}
