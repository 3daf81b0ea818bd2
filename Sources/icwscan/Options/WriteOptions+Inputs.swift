import ArgumentParser
import Glibc
import Report

extension WriteOptions {
  /// Throws when the file to be written is one of the inputs, or lies among those of a folder: opening it would empty a
  /// capture before it is read. A file that does not exist yet is no input.
  func refuse(_ inputs: [InputList.Input]) throws {
    var written = stat()
    guard let file,
      unsafe (file == "-" ? fstat(STDOUT_FILENO, &written) : stat(file, &written)) == 0,
      written.st_mode & S_IFMT == S_IFREG
    else { return }
    for input in inputs {
      var read = stat()
      let path = input.path
      guard unsafe (path == "-" ? fstat(STDIN_FILENO, &read) : stat(path, &read)) == 0 else {
        continue
      }
      if (read.st_dev, read.st_ino) == (written.st_dev, written.st_ino) {
        throw ValidationError(
          "-w: \(Escaped.text(file)) is also an input, which would be lost: name another file")
      }
    }
  }
}
