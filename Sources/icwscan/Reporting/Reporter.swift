import CallWaiting
import Captures
import Flows
import Glibc
import Identify
import Packets
import Report
import Roles
import Sockets
import Verdicts

/// Writes findings to standard output, as text or JSON, and remembers what the summary and the exit status need.
struct Reporter: ~Copyable {
  var output: Output
  /// How findings become bytes: a value that every thread may use.
  let rendering: Rendering
  var text: TextReport { rendering.text }
  /// Whether records are written and not lines.
  var isJSON: Bool { rendering.isJSON }
  let failOn: Set<VerdictClass>
  /// Which flows are told of.
  let selection: Selection
  private var packetText: PacketText
  var names: NameResolver
  /// The flows in groups, instead of each by itself.
  private(set) var grouping: Grouping?
  /// The flows that text tells in a line for each scanner.
  var folding = Folding()
  /// All flows that ended.
  private(set) var tally = Tally()
  /// Flows of the input that is read, where a state file keeps them; nil else.
  private(set) var inputTally: Tally?
  /// Inputs that could not be read, or only in part.
  var unread: Set<[UInt8]> = []
  /// The captures as they were named, raw, for the commands of the next steps.
  var named: [[UInt8]] = []
  /// Whether they are read as one.
  var joins = false
  /// The options that those commands repeat.
  var options = RunOptions()
  /// The file whose findings come next, until the first of them is written.
  var heading: String?
  /// Whether `--fail-on` matched.
  private(set) var hasFailed = false
  /// Takes names, addresses and payload out of everything that is written; nil where they stay.
  let redactor: Redactor?
  /// Whether everything that is told is one screen at the end.
  let isDigest: Bool
  /// Lines for standard error, where another says them; nil where they are said at once.
  var told: [String]?
  /// The page of `--html`; nil without one.
  var page: ReportFile?
  /// What a report at the end shows; nil where none is asked for.
  var findings: Findings?
  /// Names of the addresses of sockets, for such a report.
  var socketNames: [IPAddress: String] = [:]
  /// Whether a report could not be written.
  var hasLostReport = false

  /// A reporter of this form; findings go to standard error where the packets of `-w -` have standard output.
  init(
    _ form: OutputForm, packets: PacketText.Options = PacketText.Options(),
    failOn: VerdictClasses? = nil, selection: Selection = Selection(),
    grouping: Grouping? = nil, report: ReportOptions? = nil, page: ReportFile? = nil,
    lineBuffered: Bool = false, yieldsOutput: Bool = false
  ) {
    // All is decided before the first part is set: the optimiser of Swift 6.3 destroys parts of a noncopyable value that
    // are not there yet where an initialiser branches in between.
    let isDigest = report?.report != nil
    let redactor = report?.redactor
    let findings = page != nil || isDigest ? Findings() : nil
    let descriptor = yieldsOutput ? STDERR_FILENO : STDOUT_FILENO
    let classes = failOn?.classes ?? []
    let style = form.style(on: descriptor)
    self.isDigest = isDigest
    self.redactor = redactor
    self.findings = findings
    self.page = page
    self.selection = selection
    self.grouping = grouping
    self.failOn = classes
    output = Output(descriptor: descriptor, flushesEachLine: lineBuffered)
    rendering = Rendering(text: TextReport(style: style), isJSON: form.isJSON)
    packetText = PacketText(packets)
    names = NameResolver(isOn: form.resolves)
  }

  /// A reporter of one input that is analysed beside others, whose reporter takes over what it collects.
  init(apart kind: Kind) {
    redactor = nil
    isDigest = false
    selection = kind.selection
    output = Output(collecting: Self.mostCollected)
    rendering = kind.rendering
    failOn = kind.failOn
    packetText = PacketText(PacketText.Options())
    names = NameResolver(isOn: false)
    told = []
  }

  /// A flow that ended, counted for the summary and for `--fail-on`, and given the names that `--resolve` asks for; nil
  /// when the selection leaves it out.
  mutating func noted(_ record: FlowRecord, calls: [CallRecord]) -> Rendering.Finding? {
    guard selection.includes(record) else {
      tally.leaveOut(record)
      inputTally?.leaveOut(record)
      return nil
    }
    let finding = finding(record, calls: calls)
    count(finding)
    return finding
  }

  /// A flow's record, rendered but not yet written: files write their flows in the order of first packets.
  mutating func render(_ record: FlowRecord, calls: [CallRecord] = []) -> [UInt8] {
    rendering.bytes(finding(record, calls: calls))
  }

  /// A flow as it is told: with the names that `--resolve` asks for, and without what `--redact` takes out.
  private mutating func finding(_ record: FlowRecord, calls: [CallRecord]) -> Rendering.Finding {
    var record = record
    record.clientName = names.name(of: record.flow.client.address)
    record.serverName = names.name(of: record.flow.server.address)
    return Rendering.Finding(
      flow: redacted(record), calls: calls.map { redactor?.redact($0) ?? $0 })
  }

  /// A flow as it is told.
  mutating func told(_ record: FlowRecord) -> FlowRecord { finding(record, calls: []).flow }

  /// The record as it is told.
  func redacted(_ record: FlowRecord) -> FlowRecord { redactor?.redact(record) ?? record }

  /// The record as it is told.
  func redacted(_ record: OrphanRecord) -> OrphanRecord { redactor?.redact(record) ?? record }
  /// From here on names are asked of the runner: this process may make no socket any more.
  mutating func askNames(of runner: NameConnection?) { names.runner = runner }

  /// The name of an address when `--resolve` asks for names and it has one; raw.
  mutating func name(of address: IPAddress) -> String? { names.name(of: address) }

  /// A record of ICMP errors without their flow, rendered.
  func render(_ record: OrphanRecord) -> [UInt8] {
    let record = redacted(record)
    if isJSON { return record.json.line }
    return text.orphan(record).reduce(into: []) { $0 += Array($1.utf8) + [10] }
  }

  /// From here on the flows of one input are counted apart, too.
  mutating func beginInput() { inputTally = Tally() }

  /// Adds the flows that an earlier run found, or a reporter of one input.
  mutating func add(_ earlier: Tally) {
    tally.add(earlier)
    inputTally?.add(earlier)
    for sums in earlier.transports.values
    where sums.classes.keys.contains(where: failOn.contains) {
      hasFailed = true
    }
  }

  /// Counts a flow that ended, with the calls in it, for the summary, for `--fail-on` and for a report.
  mutating func count(_ record: FlowRecord, calls: [CallRecord] = []) {
    count(finding(record, calls: calls))
  }

  private mutating func count(_ finding: Rendering.Finding) {
    let record = finding.flow
    findings?.note(record, calls: finding.calls)
    tally.note(record)
    inputTally?.note(record)
    grouping?.note(record)
    if failOn.contains(record.verdict.verdictClass) { hasFailed = true }
  }

  /// ICMP errors without their flow, counted and rendered; nil when the selection leaves them out.
  mutating func noted(_ record: OrphanRecord) -> [UInt8]? {
    guard selection.includes(record) else {
      tally.leaveOut(record)
      inputTally?.leaveOut(record)
      return nil
    }
    count(record)
    return render(record)
  }

  /// Counts ICMP errors without their flow.
  mutating func count(_ record: OrphanRecord) {
    let record = redacted(record)
    findings?.note(record)
    tally.note(record)
    inputTally?.note(record)
    grouping?.note(record)
    if failOn.contains(record.verdict.verdictClass) { hasFailed = true }
  }

  /// Whether every flow's end is a record of its own; text says only what is news.
  var writesEveryEnd: Bool { isJSON }

  /// What follows is of the file at `path`, or of a member of that archive: text says so once, above its first line; a
  /// record names its file itself.
  mutating func headNext(_ path: String, member: [UInt8]?) {
    let path = RawPath.bytes(path)
    heading =
      isJSON
      ? nil
      : text.heading(
        redactor?.redact(path: path) ?? path,
        member: member.map { redactor?.redact(path: $0) ?? $0 })
  }

  /// Writes what was rendered, unless flows are told in groups.
  mutating func write(_ rendered: [UInt8]) throws(Output.Failure) {
    guard grouping == nil, !isDigest else { return }
    if !rendered.isEmpty { try writeHeading() }
    try output.bytes(rendered)
  }

  mutating func writeHeading() throws(Output.Failure) {
    guard let line = heading else { return }
    heading = nil
    try output.line(line)
  }

  /// A packet's lines or record.
  mutating func packet(_ record: PacketRecord) throws(Output.Failure) {
    guard selection.includes(record.content, at: record.time) else { return }
    if isJSON {
      try output.bytes(record.json.line)
    } else {
      try writeHeading()
      for line in packetText.lines(record) { try output.line(line) }
    }
  }

  /// A capture file that was read, for a run that joins it with others.
  mutating func file(_ record: FileRecord) throws(Output.Failure) {
    try output.bytes(record.json.line)
  }

  /// The sentence, for a live capture whose answer has changed; JSON has it in the records.
  mutating func sentence(_ line: String) throws(Output.Failure) {
    if !isJSON, !isDigest { try output.line(line) }
  }

  /// The sentences that hold for `tally`, to which records were added as they are told, the lines of each apart.
  func sentences(tally: Tally, owners: PortSurvey?, port: UInt16) -> [[String]] {
    text.sentencesInLines(
      tally: tally, owners: owners.map { redactor?.redact($0) ?? $0 }, port: port)
  }

  /// Something that went wrong: a line on standard error, and with `--json` a record too.
  mutating func error(_ record: ErrorRecord) throws(Output.Failure) {
    tell(record)
    try self.record(record)
  }

  /// The line of an error alone.
  mutating func tell(_ record: ErrorRecord) {
    let line = text.error(record)
    if told == nil { Diagnostics.say(line) } else { told?.append(line) }
  }

  /// The record of an error alone, with `--json`, and its place in a report.
  mutating func record(_ record: ErrorRecord) throws(Output.Failure) {
    if record.kind.isOfInput, let source = record.source { unread.insert(source) }
    let record = redactor?.redact(record) ?? record
    findings?.note(record)
    if isJSON { try output.bytes(record.json.line) }
  }

  /// Plain lines (about, protocols, schema).
  mutating func lines(_ lines: [String]) throws(Output.Failure) {
    for line in lines { try output.line(line) }
  }

  /// Counters in the middle of a capture (SIGUSR1), on standard error.
  func counters(_ record: DropsRecord) {
    for line in text.drops(record) { Diagnostics.put(line) }
  }

  /// Writes everything out.
  mutating func flush() throws(Output.Failure) { try output.flush() }
}
