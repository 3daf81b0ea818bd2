import ArgumentParser
import Captures
import Confine
import Glibc
import Packets
import Report
import Roles
import Sockets
import Verdicts

/// `icwscan live`, and `icwscan` alone.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who holds the port, then what its packets are, until Ctrl-C (the default).",
    discussion: """
      Needs the right to capture: sudo, or the capability cap_net_raw. Without it the owner report is printed and the \
      exit status is 3. SIGUSR1 prints the counters, SIGUSR2 writes out what -w has buffered, SIGHUP opens the files of -w \
      and --output anew. A live capture can't reach genuine-kpn-icw any more: the last dial-in number was closed on \
      2021-10-01.
      """)

  @Argument(
    help: ArgumentHelp(
      "Only packets that also pass this filter (pcap-filter(7)).", valueName: "filter"),
    completion: .list([]))
  var filter: [String] = []

  @Option(
    name: .customShort("i"),
    help: ArgumentHelp(
      "Capture on this interface; repeatable; 'any' is the default.", valueName: "interface"),
    completion: Completions.interfaces)
  var interfaces: [String] = []

  @Option(
    name: .customLong("netns"),
    help: ArgumentHelp(
      "Capture in this network namespace: a name of ip-netns(8), a path, or a process in it.",
      valueName: "name|path|pid"), completion: Completions.namespaces)
  var namespace: String?

  @Flag(name: .customShort("D"), help: "List the interfaces and stop.")
  var list = false

  @Option(
    name: .customShort("s"),
    help: ArgumentHelp("Keep at most so many bytes of a frame; 0 means 262144.", valueName: "bytes")
  )
  var snapshotLength: Int = 0

  @Option(
    name: .customShort("B"),
    help: ArgumentHelp("Size of the kernel's ring in KiB.", valueName: "KiB"))
  var bufferSize: Int?

  @Option(
    name: .customShort("Q"),
    help: ArgumentHelp("Direction: in, out or inout.", valueName: "direction"))
  var direction: CaptureOptions.Direction = .both

  @Flag(name: .customShort("p"), help: "Do not ask for frames that are for other hosts.")
  var notPromiscuous = false

  @Option(
    name: .customShort("Z"),
    help: ArgumentHelp(
      "Who the process becomes that reads packets; the user behind sudo, else nobody, is the default.",
      valueName: "user"))
  var user: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "strict: do not begin when the kernel can't take away every right of the process that reads packets.",
      valueName: "auto|strict"))
  var sandbox: SandboxChoice = .auto

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Append what is found to this file instead of standard output; SIGHUP opens it anew.",
      valueName: "file"), completion: .file())
  var outputFile: String?

  @Flag(
    name: .long,
    help: "Show the flows with verdicts, owners and rates as a table on the terminal; q ends.")
  var table = false

  @Flag(
    name: .customShort("d"), help: "Print the filter programs and stop (-dd as C, -ddd as numbers)."
  )
  var dump: Int

  @Option(
    name: .long,
    help: ArgumentHelp("End after so many seconds, as by Ctrl-C.", valueName: "seconds"))
  var duration: Int?

  @OptionGroup(title: "What counts") var port: PortOption
  @OptionGroup(title: "What counts") var verdicts: VerdictOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var report: ReportOptions
  @OptionGroup(title: "Output") var write: WriteOptions
  @OptionGroup(title: "Output") var rotation: RotationOptions
  @OptionGroup(title: "Packets, as in tcpdump") var packets: PacketOptions

  mutating func validate() throws {
    guard (0...262_144).contains(snapshotLength) else {
      throw ValidationError("-s takes 0 to 262144 bytes, not \(snapshotLength)")
    }
    if let bufferSize, !(1...2_097_151).contains(bufferSize) {
      throw ValidationError("-B takes 1 to 2097151 KiB, not \(bufferSize)")
    }
    try report.refuse(isJSON: output.json, printsPackets: packets.printsPackets)
    try rotation.check(write)
    if let outputFile, write.file == "-" || write.file == outputFile {
      throw ValidationError(
        outputFile == write.file
          ? "--output and -w can't write the same file" : "-w - and --output exclude each other")
    }
    if table, write.takesOutput {
      throw ValidationError("--table and -w - both want standard output")
    }
    if table, outputFile == nil, output.json || packets.printsPackets {
      throw ValidationError(
        "--table has the terminal: name a file for the \(output.json ? "records" : "packet lines") with --output"
      )
    }
    if let duration, !(1...Self.longestDuration).contains(duration) {
      throw ValidationError("--duration: from 1 to \(Self.longestDuration) seconds")
    }
    if dump > 3 { throw ValidationError("-d can be given three times at most") }
  }

  /// Seconds of ten years.
  private static let longestDuration = 315_360_000

  /// The devices to capture on.
  var devices: [String] { interfaces.isEmpty ? ["any"] : interfaces }

  /// What decides on which packets are seen, for a command that sees the same.
  private var options: RunOptions {
    var options = RunOptions(filter: expression, verdicts)
    options.surroundings =
      interfaces.map { .init("-i", typed: $0, placeholder: "INTERFACE") }
      + (direction == .both ? [] : [.init("-Q", typed: direction.rawValue)])
      + (notPromiscuous ? [.init("-p")] : []) + options.surroundings
    options.bufferKiB = bufferSize
    return options
  }

  var expression: String? { filter.isEmpty ? nil : filter.joined(separator: " ") }

  func run() throws {
    // Names are asked for, and commands run, where the user is.
    let outside = try namespace == nil ? nil : startRunner()
    try enterNamespace()
    if list {
      try DeviceList.print()
      return
    }
    if dump > 0 {
      try FilterDump.print(
        port: port.port, expression: expression, linkType: LiveDevice.linkType(interfaces.first),
        form: dump)
      return
    }
    let inherited = InheritedDescriptors()
    let screen = try table ? openScreen() : nil
    try FilterSet.check(
      expression, first: Self.mistyped(filter) ?? "", hint: Self.meaning(of: filter))
    var context = try verdicts.context(port: port.port, isLive: true)
    context.ownAddresses = Set(HostAddresses().list.compactMap { IPAddress(networkBytes: $0) })
    let dataFile = outputFile.map(DataFile.init)
    do {
      try dataFile?.open()
    } catch {
      throw ValidationError("--output: " + Words.line(ErrorRecord(error)))
    }
    var reporter = Reporter(
      output.form, packets: packets.layout, failOn: verdicts.failOn, report: report,
      page: try report.open(capture: write.file), lineBuffered: packets.lineBuffered,
      yieldsOutput: write.takesOutput)
    reporter.note(inputs: devices)
    reporter.options = options
    let account = try parserAccount()
    if let outside { reporter.askNames(of: outside.nameConnection) }
    let owner = try OwnerReport.write(port: port.port, to: &reporter)
    try reporter.flush()
    let output = try write.files(rotation.rotation)
    let runner = try outside ?? startRunner()
    // Before there are two processes, so that none of them is ended by a signal that both have to answer.
    let signals = Signals()
    switch try divide(output?.files, runner) {
    case .helper(let helper):
      if let first = output?.first { close(first) }
      throw help(helper, owner.survey, opensFiles: output != nil, dataFile, signals, screen)
    case .parser(let connection, let names):
      inherited.leave()
      dataFile?.leave()
      HostFiles.leave()
      reporter.askNames(of: names)
      let writer = try write.writer(into: output?.first)
      let status = try capture(
        context, owner.survey, connection, writer, account, screen, &reporter)
      try reporter.flush()
      throw status
    }
  }

  /// The terminal for the table.
  private func openScreen() throws -> Screen {
    // To change the terminal's modes from its background stops a process, without a word.
    let foreground = tcgetpgrp(STDOUT_FILENO)
    if foreground > 0, foreground != getpgrp() {
      throw ValidationError(
        "--table needs the terminal's foreground, and this runs in its background (timeout --foreground): "
          + "leave it out for plain lines")
    }
    var refusal: Screen.Refusal?
    if let screen = Screen.open(
      STDOUT_FILENO, isColoured: output.color.isOn(terminal: true), refusal: &refusal)
    {
      return screen
    }
    let reason =
      switch refusal {
      case .noTerminal, nil: "standard output is none"
      case .tooSimple: "TERM names none that can move its cursor"
      case .system(let number): unsafe String(cString: strerror(number))
      }
    throw ValidationError("--table needs a terminal, and \(reason): leave it out for plain lines")
  }

  /// What somebody meant whose words are no filter: a file, another port, or a command.
  private static func meaning(of words: [String]) -> String {
    guard let word = words.first else { return "" }
    let file = words.first { word in
      let isThere = unsafe access(RawPath.terminated(word), F_OK) == 0
      return isThere || [".pcap", ".pcapng", ".cap"].contains(where: word.contains)
    }
    if let file, CommandWords.nearest(word) == nil {
      return "; to read a file: icwscan analyze \(Escaped.path(file))"
    }
    if let port = UInt16(word), port > 0 { return "; for another port: icwscan --port \(port)" }
    if IPAddress(word) != nil { return "; for one host: icwscan host \(word)" }
    if word == "version" { return "; the version: icwscan --version" }
    guard let command = CommandWords.nearest(word) else {
      return word.allSatisfy(\.isLetter)
        ? "; \(word) is no command either" : ""
    }
    return command == word
      ? "; a command comes first, its options behind it: icwscan \(command) ..." : ""
  }

  /// The command that somebody meant who mistyped it, so that it was taken for the first word of a filter.
  private static func mistyped(_ words: [String]) -> String? {
    guard let word = words.first, let command = CommandWords.nearest(word), command != word
    else { return nil }
    return "'\(Escaped.text(word))' is no command: icwscan \(command)? As a filter: "
  }
}
