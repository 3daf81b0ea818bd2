import ArgumentParser
import Packets
import Report

/// A file of address blocks, one a line.
enum PrefixFile {
  /// Bytes read at most.
  static let longest = 4_194_304

  /// The blocks of a file.
  ///
  /// - Throws: `ValidationError` that names the file and the line.
  static func read(_ path: String) throws -> [Prefix] {
    let bytes: [UInt8]
    switch WholeFile.read(path, most: longest) {
    case .success(let found): bytes = found
    case .failure(let failure):
      throw ValidationError(
        "--kpn-prefix: can't read \(Escaped.path(path)): \(failure.text)")
    }
    var prefixes: [Prefix] = []
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
      let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if word.isEmpty { continue }
      guard let prefix = Prefix(word) else {
        throw ValidationError(
          "--kpn-prefix: \(Escaped.path(path)) line \(index + 1): \(Escaped.text(word)) is no address block such as 77.160.0.0/12"
        )
      }
      prefixes.append(prefix)
    }
    return prefixes
  }
}
