import ArgumentParser
import Captures
import Glibc
import Report

/// A report of the whole run instead of or beside its lines or records: shared by `live`, `analyze`, `merge` and `owner`.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also write the whole finding as one page for a browser, to be read, printed or sent.",
      valueName: "file"), completion: .file())
  var html: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Instead of lines one screen at the end, for a ticket: md (Markdown). For a page see --html.",
      valueName: "format"), completion: .list(ReportFormat.allCases.map(\.rawValue)),
    transform: ReportFormat.init(word:))
  var report: ReportFormat?

  @Flag(
    name: .long,
    help:
      "Replace addresses, names and payload in everything that is written, -w too, so that it can leave the house; alike within a run, otherwise in each."
  )
  var redact = false

  /// Takes out what would tell strangers whom the findings are about, by a key of this run alone; nil without `--redact`.
  var redactor: Redactor? {
    guard redact else { return nil }
    var random = SystemRandomNumberGenerator()
    return Redactor(key: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  mutating func validate() throws {
    if html == "-" {
      throw ValidationError("--html writes a file beside the lines on standard output: name one")
    }
    if html == "" { throw ValidationError("--html: the name of the file is empty") }
  }

  /// Throws where the other options of a command do not go with these.
  ///
  /// - Parameters:
  ///   - isJSON: Whether records are written.
  ///   - printsPackets: Whether packet lines are.
  ///   - keepsRecords: The option that hands on what the records are made of; nil when none is given.
  func refuse(isJSON: Bool, printsPackets: Bool = false, keepsRecords: String? = nil) throws {
    if report != nil, isJSON || printsPackets {
      throw ValidationError(
        "--report is instead of lines and records: leave out \(isJSON ? "--json" : "packet lines")")
    }
    guard redact else { return }
    if printsPackets {
      throw ValidationError(
        "packet lines show what --redact takes out: write -w FILE --redact, and print that file")
    }
    if let keepsRecords {
      throw ValidationError("\(keepsRecords) keeps what --redact takes out: leave one out")
    }
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
