import Captures
import Glibc
import Testing

/// Labelled captures that others recorded, found through the environment.
@Suite struct CorpusTests {
  static let folder: String? = {
    guard let value = unsafe getenv("ICWSCAN_CORPUS") else { return nil }
    return unsafe String(cString: value)
  }()

  /// The first column of a table, without its head.
  static func paths(_ table: String) -> [String] {
    guard let folder else { return [] }
    let file = unsafe open("\(folder)/\(table)", O_RDONLY | O_CLOEXEC)
    defer { _ = close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe read(file, &part, part.count), count > 0 {
      bytes += part.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
      .compactMap { line in line.split(separator: "\t").first.map { "\(folder)/\($0)" } }
  }

  /// Whether our reading begins as libpcap's does, and goes at least as far.
  static func compare(_ path: String) -> Bool {
    let ours = Reading { () throws(CaptureError) in try CaptureFile(path: path) }
    guard let library = LibraryReading(path) else { return false }
    // libpcap takes zeros for frames of no length at the time 0, and its programs call them invalid.
    let sound = library.frames.prefix { $0.captured > 0 || $0.length > 0 || $0.nanoseconds != 0 }
    #expect(ours.frames.count >= sound.count, "\(path)")
    if library.error == nil, sound.count == library.frames.count {
      #expect(
        ours.frames.count == library.frames.count || ours.frames.last?.interface != 0, "\(path)")
    }
    for (index, (mine, theirs)) in zip(ours.frames, sound).enumerated() {
      var isSame = mine.bytes.count == theirs.captured
      isSame = isSame && mine.length == max(theirs.length, theirs.captured)
      // libpcap takes seconds for signed numbers; its fractions wrap at 32 bits.
      if let time = mine.nanoseconds, theirs.nanoseconds >= 0, time < 2_147_483_000_000_000_000 {
        isSame = isSame && (time - theirs.nanoseconds) % 4_294_967_296 == 0
      }
      // It also turns some headers of USB and logs round.
      if !library.isSwapped || [0, 1, 12, 101, 113].contains(library.linkType) {
        isSame = isSame && Array(mine.bytes.prefix(16)) == theirs.first
      }
      #expect(isSame, "\(path) frame \(index + 1): \(mine.nanoseconds ?? 0) \(theirs)")
      if !isSame { break }
    }
    return true
  }

  @Test(.enabled(if: folder != nil, "needs ICWSCAN_CORPUS"))
  func `labelled captures are read as libpcap reads them`() {
    let paths = Self.paths("index.tsv")
    #expect(paths.count > 1000)
    #expect(paths.filter(Self.compare).count > 1000)
  }

  @Test(.enabled(if: folder != nil, "needs ICWSCAN_CORPUS"))
  func `hostile captures are read to an end, and as far as libpcap reads them`() {
    let paths = Self.paths("hostile/index.tsv")
    #expect(paths.count > 700)
    #expect(paths.filter(Self.compare).count > 400)
  }
}
