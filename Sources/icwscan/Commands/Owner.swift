import ArgumentParser
import Report
import Sockets

/// `icwscan owner`.
struct Owner: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Where it is parsed by itself, this spares the library a search for requests that only the whole command takes.
    _superCommandName: "icwscan",
    abstract:
      "Who holds the port on this host: every socket and every process, or why none is named.",
    discussion: """
      Needs no rights for your own processes; with sudo it sees those of other users and of other network namespaces. \
      Firewall rules are read too: what sends the port on, and what drops it for certain. \
      Exit status: 0 a socket was found or a rule sends the port on, 1 none, 3 a socket could not be \
      attributed for lack of a right.

      --watch looks once a second, and at once when the kernel tells of a socket on the port that ended or of a holder \
      that forked, executed or ended; Ctrl-C ends it.
      """)

  @Flag(help: "Only the table of sockets: no sentence, no story of the processes.")
  var brief = false

  @Flag(help: "Hash the program of each process that holds the port (SHA-256).")
  var hash = false

  @Flag(
    help: "Go on: a line whenever a socket appears, vanishes, changes its state or its holder.")
  var watch = false

  @OptionGroup var port: PortOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var report: ReportOptions

  mutating func validate() throws {
    if watch, brief {
      throw ValidationError("--watch prints lines of its own, not the table of --brief: give one")
    }
    if watch, report.html != nil {
      throw ValidationError("--watch has no end at which --html could be written: give one")
    }
    if brief, report.html != nil {
      throw ValidationError("--html tells the stories that --brief leaves out: give one")
    }
    if watch, hash, !output.json {
      throw ValidationError("--watch shows hashes only as records: add --json, or leave --hash out")
    }
    if brief, hash, !output.json {
      throw ValidationError("--hash tells of the processes, which --brief leaves out: give one")
    }
  }

  func run() throws {
    guard watch else {
      var reporter = Reporter(output.form, page: try report.open())
      try Self.report(port: port.port, hashes: hash, isBrief: brief, to: &reporter)
      return
    }
    var reporter = Reporter(output.form)
    var run = WatchRun(
      port: port.port,
      options: OwnerReport.options(hashes: hash, tellsStories: output.json))
    throw try run.run(&reporter)
  }

  /// Reports who holds the port, and throws the status; by default what the command does without any option.
  static func report(
    port: UInt16 = PortOption.standard, hashes: Bool = false, isBrief: Bool = false,
    to reporter: inout Reporter
  ) throws {
    let (survey, status) = try OwnerReport.write(
      port: port, hashes: hashes, isBrief: isBrief, to: &reporter)
    let summary = SummaryRecord(tally: Tally(), owners: survey, port: port, time: Clock.now)
    // As records the sentence and the units have a summary of their own.
    if reporter.isJSON, survey != nil {
      try reporter.summary(summary)
    } else {
      try reporter.report(summary)
    }
    try reporter.flush()
    throw reporter.hasLostReport ? ExitStatus.first(of: [status, .partial]) : status
  }
}
