import ArgumentParser
import Captures
import Confine
import Glibc
import Report
import Sockets

/// `icwscan live`, and `icwscan` alone.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who holds the port, then what its packets are, until Ctrl-C (the default).",
    discussion: """
      Needs the right to capture: sudo, or the capability cap_net_raw. Without it the owner report is printed and the \
      exit status is 3. SIGUSR1 prints the counters, SIGUSR2 writes out what -w has buffered, SIGHUP opens the -w file \
      and \
      --output files anew. A live capture can't reach genuine-kpn-icw any more: the last dial-in number was closed on 2021-10-01.
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
    name: .customLong("output"),
    help: ArgumentHelp(
      "Append what is found to this file instead of standard output; SIGHUP opens it anew.",
      valueName: "file"), completion: .file())
  var outputFile: String?

  @Flag(
    name: .customShort("d"), help: "Print the filter programs and stop (-dd as C, -ddd as numbers)."
  )
  var dump: Int

  @OptionGroup(title: "What counts") var port: PortOption
  @OptionGroup var verdicts: VerdictOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup(title: "Packets, as in tcpdump") var packets: PacketOptions
  @OptionGroup var write: WriteOptions

  mutating func validate() throws {
    guard (0...262_144).contains(snapshotLength) else {
      throw ValidationError("-s takes 0 to 262144 bytes, not \(snapshotLength)")
    }
    if let bufferSize, !(1...2_097_151).contains(bufferSize) {
      throw ValidationError("-B takes 1 to 2097151 KiB, not \(bufferSize)")
    }
    if let outputFile, write.file == "-" || write.file == outputFile {
      throw ValidationError(
        outputFile == write.file
          ? "--output and -w can't write the same file" : "-w - and --output exclude each other")
    }
    if dump > 3 { throw ValidationError("-d can be given three times at most") }
  }

  private var expression: String? { filter.isEmpty ? nil : filter.joined(separator: " ") }

  func run() throws {
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
    try FilterSet.check(expression, hint: Self.meaning(of: filter.first))
    let context = try verdicts.context(port: port.port, isLive: true)
    let dataFile = outputFile.map(DataFile.init)
    do {
      try dataFile?.open()
    } catch {
      throw ValidationError("--output: " + Words.line(ErrorRecord(error)))
    }
    var reporter = Reporter(
      output.form, packets: packets.layout, failOn: verdicts.failOn,
      page: try report.open(capture: write.file), lineBuffered: packets.lineBuffered,
      yieldsOutput: write.takesOutput)
    reporter.note(inputs: interfaces.isEmpty ? ["any"] : interfaces)
    let owner = try OwnerReport.write(port: port.port, to: &reporter)
    try reporter.flush()
    // Before the devices, so that whoever sends the first packet has been heard of.
    let attributor = Attributor(port: port.port)
    if packets.verbose > 0, let obstacle = attributor.obstacle {
      Diagnostics.say(
        "processes that end within milliseconds may stay unnamed: " + Words.of(obstacle))
    }
    let devices: [LiveDevice]
    do {
      devices = try LiveDevice.open(
        interfaces.isEmpty ? ["any"] : interfaces, options: options(for: attributor),
        port: port.port, expression: expression)
    } catch let error as CaptureError {
      try reporter.error(ErrorRecord(error))
      try reporter.report(
        SummaryRecord(tally: reporter.tally, owners: owner.survey, port: port.port))
      try reporter.flush()
      if case .notPermitted = error.failure { throw ExitStatus.notPermitted }
      throw ExitStatus.usage
    }
    var run = LiveRun(
      devices: devices, context: context, owners: owner.survey, attributor: attributor,
      printsPackets: packets.printsPackets, limit: packets.count, writer: try write.open(),
      dataFile: dataFile)
    Confinement.live(
      allowsSockets: output.resolves, writableDirectory: write.directory ?? dataFile?.directory
    ).applyAndTell()
    let status = try run.run(&reporter)
    try reporter.flush()
    throw status
  }

  /// What somebody meant whose words are no filter: a file, or a command.
  private static func meaning(of word: String?) -> String {
    guard let word else { return "" }
    if unsafe access(RawPath.terminated(word), F_OK) == 0 {
      return "; to read a file: icwscan analyze \(Escaped.path(word))"
    }
    return word.allSatisfy(\.isLetter) ? ", and no command either" : ""
  }

  private func options(for attributor: Attributor) -> CaptureOptions {
    var options = CaptureOptions()
    // Where the kernel does not tell who opens sockets, every millisecond until the look-up counts.
    options.isImmediate = attributor.obstacle != nil
    if snapshotLength > 0 { options.snapshotLength = snapshotLength }
    if let bufferSize { options.bufferBytes = bufferSize * 1024 }
    options.isPromiscuous = !notPromiscuous
    options.direction = direction
    return options
  }
}
