import ArgumentParser
import Report

/// `icwscan schema`.
struct PrintSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "The JSON Schema of the records that --json writes.")

  func run() throws {
    var output = Output(flushesEachLine: false)
    try output.line(Schema.text)
    try output.flush()
  }
}
