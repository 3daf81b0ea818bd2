import ArgumentParser
import Captures
import Glibc
import Report

extension WriteOptions {
  /// Throws when the file to be written is one of the inputs, or lies among those of a folder: opening it would empty a
  /// capture before it is read. A file that does not exist yet is no input.
  func refuse(_ inputs: [InputList.Input]) throws {
    if let file { try Self.refuse("-w", file, inputs) }
  }

  /// The same for a file of another option.
  static func refuse(_ option: String, _ file: String, _ inputs: [InputList.Input]) throws {
    guard let written = status(file, standard: STDOUT_FILENO),
      written.st_mode & S_IFMT == S_IFREG
    else { return }
    for input in inputs {
      guard let read = status(input.path, standard: STDIN_FILENO) else { continue }
      if (read.st_dev, read.st_ino) == (written.st_dev, written.st_ino) {
        throw ValidationError(
          "\(option): \(Escaped.path(file)) is also an input, which would be lost: name another file"
        )
      }
    }
  }

  /// What `path` leads to, `-` being an open descriptor; nil when there is nothing.
  static func status(_ path: String, standard: Int32) -> stat? {
    var status = stat()
    if path == "-" { return unsafe fstat(standard, &status) == 0 ? status : nil }
    return unsafe stat(RawPath.terminated(path), &status) == 0 ? status : nil
  }
}
