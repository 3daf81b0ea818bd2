import Captures
import Glibc
import Packets
import Testing

/// The quick port test against the decoder on labelled captures that others recorded, found through the environment.
@Suite struct PortTestCorpusTests {
  static let folder: String? = {
    guard let value = unsafe getenv("ICWSCAN_CORPUS") else { return nil }
    return unsafe String(cString: value)
  }()

  /// The captures of a table's first column.
  private static func paths(_ table: String) -> [String] {
    guard let folder, let file = unsafe fopen("\(folder)/\(table)", "re") else { return [] }
    defer { unsafe fclose(file) }
    var paths: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    while unsafe getline(&line, &room, file) > 0, let text = unsafe line {
      let first = unsafe String(cString: text).split(separator: "\t").first ?? ""
      paths.append("\(folder)/\(first)")
    }
    unsafe free(line)
    return Array(paths.dropFirst())
  }

  @Test(
    .enabled(if: folder != nil, "needs ICWSCAN_CORPUS"),
    arguments: ["index.tsv", "hostile/index.tsv"])
  func `what the quick test leaves out the decoder leaves out too`(table: String) {
    var frames = 0
    for path in Self.paths(table) {
      guard var file = try? CaptureFile(path: path) else { continue }
      while let count = try? file.read(
        most: 4_096,
        { frame in
          guard let link = LinkType(number: frame.linkType) else { return true }
          frames += 1
          let bytes = frame.bytes
          var decoder = Decoder()
          let decoded = try? decoder.decode(
            bytes, length: frame.length, at: moment, link: link, number: frame.number)
          let touches = decoded?.touches(3_699) ?? false
          let quick = PortTest.of(bytes, link: link, port: 3_699)
          #expect(
            quick == .lookCloser || (quick == .yes) == touches, "\(path) frame \(frame.number)")
          return true
        }), count > 0
      {}
    }
    #expect(frames > 1_000)
  }
}
