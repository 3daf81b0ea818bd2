import ArgumentParser
import Captures
import Confine
import Glibc
import Packets
import Report
import Verdicts

/// `icwscan analyze`, also `icwscan -r FILE`.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Where it is parsed by itself, this spares the library a search for requests that only the whole command takes.
    _superCommandName: "icwscan",
    abstract: "What was on the port in capture files and folders of them.",
    discussion: """
      FILE is a capture (pcap or pcapng), a folder that is searched for captures, or - for standard input. With -r, the \
      other words are a filter, as in tcpdump. Exit status: 0 traffic was found, 1 none, 2 no input could be read, \
      4 an input was damaged or unreadable, 5 --fail-on matched.

      Verdicts: other-application (another protocol, named), port-coincidence (the port is only the client's), scan, \
      backscatter (answers to what others sent), undetermined (--explain says what would settle it); and of Internet Call \
      Waiting icw-family (a documented protocol), consistent-with-icw (signs of it), genuine-kpn-icw (known servers, too).
      """)

  @Argument(help: ArgumentHelp("Captures, folders, or -.", valueName: "file"), completion: .file())
  var words: [String] = []

  @Option(
    name: .customShort("r"),
    help: ArgumentHelp("Read this file; other words are a filter.", valueName: "file"),
    completion: .file())
  var read: [String] = []

  @Option(
    name: .customShort("f"),
    help: ArgumentHelp(
      "Only packets that also pass this filter (pcap-filter(7)).", valueName: "filter"),
    completion: .list([]))
  var filter: String?

  @OptionGroup var list: FileListOptions

  @Flag(
    name: .long,
    help: "Wait at the end of a growing file for more, until Ctrl-C; go on with its successor.")
  var follow = false

  @Flag(
    name: .long,
    help:
      "Join the inputs: a flow that goes on in the next file is one flow, as in rotated captures.")
  var join = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep in this file what is done, and go on there: inputs that did not change are not read again.",
      valueName: "statefile"), completion: .file())
  var resume: String?

  @Flag(
    name: .long,
    help: "Write records that icwscan merge joins with those of other runs (implies --json).")
  var mergeable = false

  @OptionGroup(title: "What counts") var port: PortOption
  @OptionGroup(title: "What counts") var verdicts: VerdictOptions
  @OptionGroup(title: "Which flows are told of") var narrowing: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var groups: GroupingOptions
  @OptionGroup(title: "Output") var report: ReportOptions
  @OptionGroup(title: "Output") var write: WriteOptions
  @OptionGroup(title: "Packets, as in tcpdump") var packets: PacketOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Progress on standard error: auto (on a terminal), never, or json.", valueName: "when"))
  var progress: ProgressChoice = .auto

  @Flag(
    name: .customShort("d"), help: "Print the compiled filter and stop (-dd as C, -ddd as numbers)."
  )
  var dump: Int

  mutating func validate() throws {
    if read.isEmpty, words.isEmpty, list.filesFrom == nil, dump == 0 {
      throw ValidationError("name a capture file, a folder, or - for standard input")
    }
    if !read.isEmpty, filter != nil, !words.isEmpty {
      throw ValidationError("give the filter with -f or as the last words, not both")
    }
    if resume != nil { try refuseWithResume() }
    try report.refuse(
      isJSON: output.json || mergeable, printsPackets: packets.printsPackets,
      keepsRecords: mergeable ? "--mergeable" : resume == nil ? nil : "--resume")
    if follow { try refuseWithFollow() }
    if join, packets.printsPackets {
      throw ValidationError(
        "packet lines stand file by file: leave out --join, or join into -w FILE and print that")
    }
    if mergeable {
      try refuseWithMergeable()
    }
    if packets.printsPackets, narrowing.needsVerdict {
      throw ValidationError(
        "packet lines come before their flow's verdict: select with --verdict or --application into -w FILE, and print that file"
      )
    }
    if dump > 3 { throw ValidationError("-d can be given three times at most") }
  }

  /// How progress is shown; nil for not at all. Lines that come at once would stand between.
  private var showsProgress: Progress.Form? {
    packets.quick && progress == .auto ? nil : progress.form
  }

  /// What follows a file tells of a flow when it ends, and has no end itself.
  private func refuseWithFollow() throws {
    if words.count + read.count != 1 || list.filesFrom != nil || words.first == "-" {
      throw ValidationError("--follow takes one file, by its name")
    }
    let refused: [(Bool, String)] = [
      (join, "--join"), (mergeable, "--mergeable"), (write.file != nil, "-w"),
    ]
    for (isThere, name) in refused where isThere {
      throw ValidationError(
        "\(name) needs the end of the file, where --follow goes on: leave one out")
    }
  }

  /// Records for others to join are whole: what is chosen of them is chosen there.
  private func refuseWithMergeable() throws {
    let refused: [(Bool, String)] = [
      (join, "--join"), (groups.groupBy != nil, "--group-by"), (!narrowing.isAll, "a selection"),
      (packets.count != nil, "-c"),
    ]
    for (isThere, name) in refused where isThere {
      throw ValidationError("--mergeable writes everything: give \(name) to icwscan merge instead")
    }
  }

  /// With these a filter begins, or goes on, where a file was meant (pcap-filter(7)).
  private static let filterWords: Set<String> = [
    "tcp", "udp", "icmp", "icmp6", "ip", "ip6", "port", "host", "net", "src", "dst", "and", "or",
    "not",
  ]

  func run() throws {
    let expression = filter ?? (read.isEmpty || words.isEmpty ? nil : words.joined(separator: " "))
    if dump > 0 {
      try FilterDump.print(port: port.port, expression: expression, linkType: nil, form: dump)
      return
    }
    try FilterSet.check(expression)
    // Before the file of -w exists: what it will hold is no input.
    let named = (read.isEmpty ? words : read) + (try list.names())
    let inputs = InputList.expand(named)
    if read.isEmpty, words.count > 1,
      let word = words.first(where: { Self.filterWords.contains($0) }),
      unsafe access(RawPath.terminated(word), F_OK) != 0
    {
      throw ValidationError("'\(word)' is no file; a filter is given with -f, or behind -r FILE")
    }
    if follow, inputs.count != 1 || inputs[0].isFound {
      throw ValidationError("--follow takes one file, by its name")
    }
    try write.refuse(inputs)
    let page = try report.open(besides: inputs, capture: write.file)
    let context = try verdicts.context(port: port.port, isLive: false)
    let selection = try narrowing.selection(rules: context.rules)
    var output = output
    if mergeable { output.json = true }
    var reporter = Reporter(
      output.form, packets: packets.layout, failOn: verdicts.failOn, selection: selection,
      grouping: groups.grouping, report: report, page: page,
      lineBuffered: packets.lineBuffered, yieldsOutput: write.takesOutput)
    reporter.note(inputs: inputs.map(\.path))
    reporter.named = named.map { RawPath.bytes($0) }
    reporter.joins = join
    reporter.options = RunOptions(filter: expression, verdicts, narrowing)
    if let count = packets.count { reporter.options.flows.append(.init("-c", typed: "\(count)")) }
    let export = try write.export(isSelective: !selection.isAll)
    let state = try state(inputs, context, expression)
    let left = state?.inputs ?? inputs
    let signals = Signals()
    let meter = ByteMeter()
    let progress = showsProgress.map {
      Progress(form: $0, total: InputList.size(left), meter: meter)
    }
    Confinement.analysis(allowsSockets: output.resolves).applyAndTell()
    let status: ExitStatus
    if join {
      status = try join(
        inputs, context, expression, export, (signals, meter, progress), &reporter)
    } else {
      var analysis = try AnalysisRun(
        context: context, expression: expression, printsPackets: packets.printsPackets,
        limit: packets.count, export: export, isMergeable: mergeable, signals: signals,
        meter: meter, progress: progress, follows: follow, resume: state)
      status = try analysis.run(left, isAlone: inputs.count == 1, named: named, &reporter)
    }
    try reporter.flush()
    throw status
  }
}
