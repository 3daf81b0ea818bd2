import Captures
import CallWaiting
import Flows
import Packets
import Report
import Verdicts

/// One capture file from its first frame to its last flow.
///
/// Flows are rendered when they end and handed out in the order of their first packets; when too many wait for an
/// older one that is still open, that one is ended and counted as evicted, so memory stays bounded.
struct FileAnalysis {
  /// Rendered flows that may wait for an older one.
  static let mostWaiting = 65_536
  /// Frames between two looks at idle flows.
  static let sweep = 65_536
  /// Flows that are looked at together, by all processors: so many wait for their records at most.
  static let together = 512

  private var pipeline: Pipeline
  private var judge: FlowJudge
  private var waiting: [Int: [UInt8]] = [:]
  /// Flows whose verdict hangs on their hosts' other traffic, until the file is read a second time.
  private var deferred: [(flow: Flow, look: FlowJudge.Look)] = []
  private var nextNumber = 1
  private var fragments = HeldFragments()
  private let origin: Origin
  /// The files of each open flow, where several inputs are joined; nil where each stands by itself.
  private var files: JoinedFiles?
  /// Datagrams whose fragments never became complete, of the end of the file.
  private(set) var unfinished: [UnfinishedDatagram] = []
  /// The time of the first frame.
  private(set) var firstTime: Timestamp?
  /// What is said of each flow in a written capture; nil when nothing is written, or all at once.
  private(set) var comments: FlowComments?
  private(set) var lastLink: LinkType = .ethernet
  private var lastTime = Timestamp(nanoseconds: 0)

  /// An analysis of one file.
  init(origin: Origin, context: VerdictContext, comments: FlowComments? = nil) {
    self.origin = origin
    self.comments = comments
    pipeline = Pipeline(port: context.port)
    judge = FlowJudge(context)
  }

  /// An analysis of several inputs as one.
  init(joining context: VerdictContext, comments: FlowComments?) {
    self.init(origin: Origin(), context: context, comments: comments)
    files = JoinedFiles()
  }

  /// Packets of the port so far.
  var onPort: Int { pipeline.onPort }

  /// Takes one frame. Those that `PortSieve` left out before it are counted by its number.
  ///
  /// - Returns: What it was, for packet lines and for the written capture.
  mutating func take(
    _ bytes: Span<UInt8>, length: Int, time: Timestamp, link: LinkType?, number: Int,
    interface: Int,
    matches: () -> Bool
  ) -> Pipeline.Taken {
    pipeline.pass(upTo: number - 1)
    let taken = pipeline.take(
      bytes, length: length, time: time, link: link, number: number, interface: interface,
      matches: matches,
      fragments: fragments)
    switch taken {
    case .held:
      fragments.keep(
        bytes, number: number, length: length, time: time, interface: interface, matched: matches())
    case .packet(_, let change, _, _):
      if change.isNew { judge.noteBegin(pipeline.table[change.slot]) }
    case .nothing, .error: break
    }
    lastLink = link ?? lastLink
    lastTime = time
    if firstTime == nil { firstTime = time }
    return taken
  }

  /// Takes a packet of one of the inputs that are joined; `number` is its place among all of them, from 1.
  mutating func take(_ joined: JoinedEvent, number: Int) -> Pipeline.Taken {
    let taken = pipeline.take(joined.event, number: number)
    if case .packet(_, let change, _, _) = taken, change.isNew {
      judge.noteBegin(pipeline.table[change.slot])
    }
    flowNumber(of: taken).map { files?.note($0, joined.origin) }
    lastTime = joined.event.time
    return taken
  }

  /// Whether the payload of a packet may be kept by a flow that this one turns out to be a part of.
  func keepsPayload(of taken: Pipeline.Taken) -> Bool {
    guard case .packet(let packet, let change, _, _) = taken else { return false }
    return change.grew || pipeline.table.keepsMore(change.slot, from: packet.source)
  }

  /// The number of the flow that a frame belongs to; nil when it is none of the port's, or beyond what is kept.
  func flowNumber(of taken: Pipeline.Taken) -> Int? {
    switch taken {
    case .nothing, .held: nil
    case .packet(_, let change, _, _): pipeline.table[change.slot].number
    case .error(_, slot: let slot?): pipeline.table[slot].number
    case .error(let error, slot: nil): pipeline.table.orphanNumber(of: error)
    }
  }

  /// The earlier fragments of a datagram that turned out to be the port's, for the written capture.
  mutating func takeFragments(_ numbers: [Int]) -> [HeldFragments.Held] { fragments.take(numbers) }

  /// Whether flows ended that want to be written out.
  mutating func settle(_ reporter: inout Reporter) throws(Output.Failure) {
    if pipeline.frames % Self.sweep == 0 { pipeline.table.expire(at: lastTime) }
    try write(&reporter)
    while waiting.count > Self.mostWaiting {
      pipeline.table.endOldest()
      try write(&reporter)
    }
  }

  /// Ends every flow that was silent too long at the last packet.
  mutating func expire() { pipeline.table.expire(at: lastTime) }

  /// Ends the file: every flow ends, ICMP errors without flows are told, all in order.
  ///
  /// `secondReading` reads the file again for the traffic of some hosts beside the port; nil where that can't be done.
  mutating func finish(
    _ reporter: inout Reporter, secondReading: (Set<IPAddress>) -> HostView?
  ) throws(Output.Failure) {
    unfinished = pipeline.takeUnfinished(all: true, link: lastLink, fragments: fragments)
    pipeline.table.finish()
    for orphan in pipeline.table.takeOrphans() {
      let record = OrphanRecord(
        orphan: orphan, verdict: judge.judge(orphan, isOwnSending: false),
        origin: files?.take(orphan.number) ?? origin)
      let rendered = reporter.noted(record)
      if rendered != nil { comments?.note(orphan.number, PcapComment.text(record)) }
      waiting[orphan.number] = rendered ?? []
    }
    try write(&reporter)
    if !deferred.isEmpty {
      let hosts = secondReading(
        Set(deferred.flatMap { [$0.flow.client.address, $0.flow.server.address] }))
      var judged: [FlowJudge.Judged] = []
      for (flow, look) in deferred {
        judged.append(judge.judgeEnded(flow, look: look, hosts: hosts))
      }
      render(judged, &reporter)
      deferred = []
    }
    for number in waiting.keys.sorted() { try reporter.write(waiting[number] ?? []) }
    waiting = [:]
  }

  /// The counters of the file.
  var counters: DropsRecord { pipeline.counters(origin: origin) }

  /// Whether packets beside the port could change the verdict: the rhythm of a whole host, or the port's role.
  private func needsOtherTraffic(_ verdict: Verdict) -> Bool {
    verdict.missing.contains(.otherTraffic)
      || verdict.role == .unknown && verdict.application == nil
  }

  /// Counts flows in their order and renders them on all processors.
  private mutating func render(_ judged: [FlowJudge.Judged], _ reporter: inout Reporter) {
    var findings: [Rendering.Finding] = []
    for judged in judged {
      let origin = files?.take(judged.flow.number) ?? origin
      let record = FlowRecord(flow: judged.flow, verdict: judged.verdict, origin: origin)
      let calls = judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: origin) }
      if let finding = reporter.noted(record, calls: calls) {
        findings.append(finding)
        comments?.note(judged.flow.number, PcapComment.text(record))
      } else {
        waiting[judged.flow.number] = []
      }
    }
    let rendering = reporter.rendering
    let rendered = Processors.map(findings) { rendering.bytes($0) }
    for (finding, bytes) in zip(findings, rendered) { waiting[finding.flow.flow.number] = bytes }
  }

  private mutating func write(_ reporter: inout Reporter) throws(Output.Failure) {
    let ended = pipeline.table.takeEnded()
    var start = 0
    while start < ended.count {
      let some = Array(ended[start..<min(start + Self.together, ended.count)])
      start += some.count
      let rules = judge.rules
      let looks = Processors.map(some) { FlowJudge.Look($0.flow.conversation, rules: rules) }
      for (ended, look) in zip(some, looks) { judge.noteGreeting(ended.flow, look) }
      var settled: [FlowJudge.Judged] = []
      for (ended, look) in zip(some, looks) {
        let judged = judge.judgeEnded(ended.flow, look: look)
        if files == nil, needsOtherTraffic(judged.verdict), deferred.count < HostView.most / 2 {
          deferred.append((ended.flow, look))
        } else {
          settled.append(judged)
        }
      }
      render(settled, &reporter)
    }
    while let rendered = waiting.removeValue(forKey: nextNumber) {
      try reporter.write(rendered)
      nextNumber += 1
    }
  }
}
