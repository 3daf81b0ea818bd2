import ArgumentParser
import Glibc
import Identify
import Report

/// `icwscan protocols`.
struct ListProtocols: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocols",
    abstract:
      "Every application that can be named, its specification and what its recogniser was tested on; those left unnamed, and the products told behind HTTP, gRPC and TLS."
  )

  @Flag(help: "As one JSON document.")
  var json = false

  func run() throws {
    var output = Output(flushesEachLine: false)
    if json {
      try output.bytes(Protocols.json(Recogniser.all, UnnamedProtocol.all, NamedProduct.all).line)
    } else {
      for line in Protocols.text(Recogniser.all, style: OutputForm().style(on: STDOUT_FILENO)) {
        try output.line(line)
      }
      try output.line("")
      for line in Protocols.text(UnnamedProtocol.all) { try output.line(line) }
      try output.line("")
      for line in Protocols.text(NamedProduct.all) { try output.line(line) }
    }
    try output.flush()
  }
}
