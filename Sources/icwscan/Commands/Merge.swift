import ArgumentParser
import Captures
import Confine
import Glibc
import Report
import Verdicts

/// `icwscan merge`.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the records of many analyses into what one over all files gives.",
    discussion: """
      FILE holds records of icwscan analyze --mergeable: of one host, one shard, one file. - is standard input. Flows are \
      joined by their ends and times, as analyze --join joins them over files. Exit status as of analyze.
      """)

  @Argument(
    help: ArgumentHelp("Files of records, folders of them, or -.", valueName: "file"),
    completion: .file())
  var words: [String] = []

  @OptionGroup var list: FileListOptions
  @OptionGroup(title: "What counts") var port: PortOption
  @OptionGroup(title: "What counts") var verdicts: VerdictOptions
  @OptionGroup(title: "Which flows are told of") var narrowing: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var groups: GroupingOptions
  @OptionGroup(title: "Output") var report: ReportOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Progress on standard error: auto (on a terminal), never, or json.", valueName: "when"))
  var progress: ProgressChoice = .auto

  mutating func validate() throws {
    if words.isEmpty, list.filesFrom == nil {
      throw ValidationError(
        "name files of records that icwscan analyze --mergeable wrote, or - for standard input")
    }
  }

  func run() throws {
    try report.refuse(isJSON: output.json)
    let inputs = InputList.expand(words + (try list.names()))
    let context = try verdicts.context(port: port.port, isLive: false)
    var reporter = Reporter(
      output.form, failOn: verdicts.failOn,
      selection: try narrowing.selection(rules: context.rules),
      grouping: groups.grouping, report: report, page: try report.open(besides: inputs))
    reporter.note(inputs: inputs.map(\.path))
    reporter.joins = true
    reporter.options = RunOptions(verdicts, narrowing)
    let signals = Signals()
    let meter = ByteMeter()
    // Records are looked through before the first of them is joined: each byte is read twice.
    let total = InputList.size(inputs).map { 2 * $0 }
    var run = JoinedRun(
      context: context, limit: nil, export: nil, signals: signals,
      progress: progress.form.map { Progress(form: $0, total: total, meter: meter) })
    var standardInput: Int32?
    if inputs.contains(where: { $0.path == "-" }) {
      do throws(CaptureError) {
        standardInput = try RecordSpool.ofStandardInput()
      } catch {
        run.note(ErrorRecord(error), &reporter)
      }
    }
    Confinement.analysis(allowsSockets: output.resolves).applyAndTell()
    var sources: [EventInput] = []
    let readAhead = ReadAhead()
    for input in inputs where !signals.asksToEnd() {
      do throws(CaptureError) {
        sources += try open(
          input.path, standardInput, (signals, meter, readAhead), &run, &reporter)
      } catch {
        run.note(ErrorRecord(error), &reporter)
      }
    }
    let status = try run.run(sources, &reporter)
    try reporter.flush()
    throw status
  }

  /// The inputs that a file of records tells of.
  private func open(
    _ path: String, _ standardInput: Int32?,
    _ surroundings: (signals: Signals, meter: ByteMeter, readAhead: ReadAhead),
    _ run: inout JoinedRun, _ reporter: inout Reporter
  ) throws(CaptureError) -> [EventInput] {
    let (signals, meter, readAhead) = surroundings
    if path == "-", standardInput == nil { return [] }
    let file = try RecordFile(
      path, descriptor: try Self.descriptor(path, standardInput), meter: meter,
      goesOn: {
        run.noteReading()
        return !signals.asksToEnd()
      })
    for error in file.errors { run.note(error, &reporter) }
    run.add(file.totals)
    return file.sections.map { section in
      EventInput(first: section.first, name: section.path) {
        RecordSource(
          section, descriptor: try Self.descriptor(path, standardInput), name: path, meter: meter,
          readAhead: readAhead)
      }
    }
  }

  private static func descriptor(
    _ path: String, _ standardInput: Int32?
  ) throws(CaptureError) -> Int32 {
    let descriptor =
      path == "-"
      ? fcntl(standardInput ?? -1, F_DUPFD_CLOEXEC, 3)
      : unsafe Glibc.open(RawPath.terminated(path), O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw CaptureError(source: path, code: errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      close(descriptor)
      // What is read twice has to be a file.
      throw CaptureError(source: path, code: isFolder ? EISDIR : ESPIPE)
    }
    return descriptor
  }
}
