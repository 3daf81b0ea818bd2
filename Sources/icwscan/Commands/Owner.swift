import ArgumentParser
import Report
import Sockets

/// `icwscan owner`.
struct Owner: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Who holds the port on this host: every socket and every process, or why none is named.",
    discussion: """
      Needs no rights for your own processes; with sudo it sees those of other users and of other network namespaces. \
      Exit status: 0 a socket was found, 1 none, 3 a socket could not be attributed for lack of a right.
      """)

  @OptionGroup var port: PortOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    var reporter = Reporter(output)
    let status = try OwnerReport.write(port: port.port, to: &reporter).status
    try reporter.flush()
    throw status
  }
}
