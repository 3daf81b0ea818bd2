import ArgumentParser
import Report
import Sockets

/// `icwscan about`.
struct AboutPort: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "about",
    abstract:
      "What the port is registered for, what that is worth, who uses it today, and how to check by hand."
  )

  @OptionGroup var port: PortOption

  func run() throws {
    var output = Output(flushesEachLine: false)
    for line in About.text(port: port.port, ephemeralRange: EphemeralRange.current()) {
      try output.line(line)
    }
    try output.flush()
  }
}
