import ArgumentParser
import Captures
import Glibc
import Report

/// Inputs named in a list instead of on the command line.
struct FileListOptions: ParsableArguments {
  /// Bytes of a list that are read.
  static let longest = 256 * 1024 * 1024

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also the captures and folders named in this file, one a line; - is standard input.",
      valueName: "file"), completion: .file())
  var filesFrom: String?

  @Flag(
    name: .customShort("0"),
    help: "The names of --files-from end in zero bytes, as find -print0 writes them.")
  var zero = false

  mutating func validate() throws {
    if zero, filesFrom == nil {
      throw ValidationError("-0 belongs to --files-from: say where the names are")
    }
  }

  /// The names in the list; none without one.
  func names() throws -> [String] {
    guard let filesFrom else { return [] }
    let path = filesFrom == "-" ? "/dev/stdin" : filesFrom
    switch WholeFile.read(path, most: Self.longest + 1) {
    case .failure(let failure):
      throw ValidationError("--files-from: can't read \(Escaped.path(filesFrom)): \(failure.text)")
    case .success(let bytes):
      guard bytes.count <= Self.longest else {
        throw ValidationError(
          "--files-from: \(Escaped.path(filesFrom)) is longer than 256 MiB: split it")
      }
      let names = bytes.split(separator: zero ? 0 : 10).map { RawPath.text(Array($0)) }
      if names.isEmpty {
        throw ValidationError("--files-from: \(Escaped.path(filesFrom)) names no capture")
      }
      if filesFrom == "-", names.contains("-") {
        throw ValidationError("--files-from: standard input can't be both the list and a capture")
      }
      if !zero, let index = names.firstIndex(where: { $0.utf8.contains(0) }) {
        throw ValidationError(
          "--files-from: name \(index + 1) holds a zero byte: give -0 for names that end in one")
      }
      return names
    }
  }
}
