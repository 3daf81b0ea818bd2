@testable import Captures
@testable import Report

extension FuzzTarget {
  /// The two ways in which strange bytes come to a terminal, text and JSON, and names of files as they go in and out.
  static let escaping = FuzzTarget(name: "escaping", longest: 512) {
    [
      Array("a\u{1b}[31mb\u{202e}c\u{200b}\\x1b".utf8), [0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82],
      Array("'; rm -rf /\n".utf8), Array("\u{e0041}\u{10ffff}\u{d7ff}".utf8),
    ]
  } run: { bytes in
    demandShowable([
      Escaped.text(bytes), Escaped.text(String(decoding: bytes, as: UTF8.self)),
      Escaped.command(bytes.split(separator: 0x20).map { Array($0) }),
      Escaped.cut(Escaped.text(bytes), to: 20),
    ])
    demandRecord(.bytes(bytes))
    demandRecord(.string(String(decoding: bytes, as: UTF8.self)))
    demandRecord(.array([.bytes(bytes), .object(["a": .bytes(bytes)])]))
    guard !bytes.contains(0) else { return }
    demand(
      RawPath.bytes(RawPath.text(bytes)) == bytes, "the name of a file comes out as it went in")
  }
}
