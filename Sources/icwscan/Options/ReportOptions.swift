import ArgumentParser
import Captures
import Glibc
import Report

/// A report of the whole run beside its lines or records: shared by `live`, `analyze`, `merge` and `owner`.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also write the whole finding as one page for a browser, to be read, printed or sent.",
      valueName: "file"), completion: .file())
  var html: String?

  mutating func validate() throws {
    if html == "-" {
      throw ValidationError("--html writes a file beside the lines on standard output: name one")
    }
    if html == "" { throw ValidationError("--html: the name of the file is empty") }
  }

  /// The file of the page, made or emptied before any right is given up; nil without `--html`.
  ///
  /// - Parameters:
  ///   - inputs: What is read, and must not be written over.
  ///   - capture: The file of `-w`.
  func open(besides inputs: [InputList.Input] = [], capture: String? = nil) throws -> ReportFile? {
    guard let html else { return nil }
    if let capture, Self.isSame(html, capture) {
      throw ValidationError("--html and -w name the same file: \(Escaped.path(html))")
    }
    try WriteOptions.refuse("--html", html, inputs)
    do {
      return try ReportFile(path: html)
    } catch {
      throw ValidationError("--html: " + Words.line(ErrorRecord(error)))
    }
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    guard let first = WriteOptions.status(one, standard: STDOUT_FILENO),
      let second = WriteOptions.status(other, standard: STDOUT_FILENO),
      first.st_mode & S_IFMT == S_IFREG
    else { return false }
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }
}
