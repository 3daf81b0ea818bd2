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
  /// Frames between two looks at idle flows.
  static let sweep = 65_536
  /// Bytes that flows keep before closed ones are ended early.
  static let mostKept = 8 * 1024 * 1024
  /// Flows that are looked at together, by all processors: so many wait for their records at most.
  static let together = 512

  private var pipeline: Pipeline
  private var judge: FlowJudge
  private var queue = RecordQueue()
  private var deferred = DeferredFlows()
  /// The frame at which idle flows are looked for again.
  private var nextSweep = Self.sweep
  /// Whether the file can be read a second time.
  private let isRepeatable: Bool
  private var fragments = HeldFragments()
  private let origin: Origin
  /// Whether other processors may help.
  var spreads = true
  /// The files of each open flow, where several inputs are joined; nil where each stands by itself.
  private var files: JoinedFiles?
  /// The processes that the capture names.
  private var claims = ProcessClaims()
  /// What the capture says of packets beside their bytes.
  private var notes = FrameNotes()
  /// Datagrams whose fragments never became complete, of the end of the file.
  private(set) var unfinished: [UnfinishedDatagram] = []
  /// The time of the first frame.
  private(set) var firstTime: Timestamp?
  /// From when to when its frames are, by the first and the last of them, and by those that were taken.
  private var span: FrameSpan?
  /// Whether flows are told as they end, not in the order in which they began.
  var tellsAtOnce = false
  /// What is said of each flow in a written capture; nil when nothing is written, or all at once.
  private(set) var comments: FlowComments?
  private(set) var lastLink: LinkType = .ethernet
  private var lastTime = Timestamp(nanoseconds: 0)

  /// An analysis of one file, which may be `isRepeatable`: be read a second time when it has ended.
  init(
    origin: Origin, context: VerdictContext, isRepeatable: Bool, comments: FlowComments? = nil
  ) {
    self.origin = origin
    self.isRepeatable = isRepeatable
    self.comments = comments
    pipeline = Pipeline(port: context.port)
    judge = FlowJudge(context)
  }

  /// An analysis of several inputs as one.
  init(joining context: VerdictContext, comments: FlowComments?) {
    self.init(origin: Origin(), context: context, isRepeatable: false, comments: comments)
    files = JoinedFiles()
  }

  /// Packets of the port so far.
  var onPort: Int { pipeline.onPort }

  /// Takes one frame. Those that `PortSieve` left out before it are counted by its number, or by `pass`.
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
    // What has no time stands for the beginning of all of them.
    if time.nanoseconds != 0 { note(span: FrameSpan(time, time)) }
    return taken
  }

  /// Notes from when to when frames are.
  mutating func note(span other: FrameSpan?) { span = span?.with(other) ?? other }

  /// Counts the frames up to that of this number, the `last`, of which those that were not taken hold nothing of the port.
  mutating func pass(upTo number: Int, _ last: LastFrame) {
    pipeline.pass(upTo: number)
    guard number > 0 else { return }
    lastLink = LinkType(number: last.linkType) ?? lastLink
    lastTime = Timestamp(nanoseconds: last.nanoseconds ?? 0)
  }

  /// Takes a packet of one of the inputs that are joined; `number` is its place among all of them, from 1.
  mutating func take(_ joined: JoinedEvent, number: Int) -> Pipeline.Taken {
    let taken = pipeline.take(
      joined.event, number: number, input: joined.origin.number(in: joined.place))
    if case .packet(_, let change, _, _) = taken, change.isNew {
      judge.noteBegin(pipeline.table[change.slot])
    }
    flowNumber(of: taken).map { files?.note($0, joined.origin) }
    if case .packet(let packet, let change, _, _) = taken, let claim = joined.event.claim {
      claims.note(claims.kept(claim), on: pipeline.table[change.slot], from: packet.source)
    }
    if case .packet(_, let change, _, _) = taken, let remarks = joined.event.remarks {
      notes.note(remarks, packet: number, flow: pipeline.table[change.slot].number)
    }
    lastTime = joined.event.time
    return taken
  }

  /// The process that the file names for a frame, noted for its flow; nil when it names none, or the frame is no packet
  /// of the port.
  mutating func noteProcess(of frame: borrowing Frame, _ taken: Pipeline.Taken) -> ProcessClaim? {
    guard case .packet(let packet, let change, _, _) = taken,
      let claim = claims.claim(of: frame)
    else { return nil }
    claims.note(claim, on: pipeline.table[change.slot], from: packet.source)
    return claim
  }

  /// Notes what the file says of a frame beside its bytes.
  mutating func noteRemarks(on frame: borrowing Frame, _ taken: Pipeline.Taken) {
    guard case .packet(_, let change, _, _) = taken
    else { return }
    notes.note(frame, flow: pipeline.table[change.slot].number)
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

  /// Whether the client of its flow sent a packet.
  func isFromClient(_ taken: Pipeline.Taken) -> Bool {
    guard case .packet(let packet, let change, _, _) = taken else { return false }
    return packet.source == pipeline.table[change.slot].client
  }

  /// The earlier fragments of a datagram that turned out to be the port's, for the written capture.
  mutating func takeFragments(_ numbers: [Int]) -> [HeldFragments.Held] { fragments.take(numbers) }

  /// Writes what is known by now of flows that ended.
  mutating func settle(_ reporter: inout Reporter) throws(Output.Failure) {
    if pipeline.frames >= nextSweep {
      pipeline.table.expire(at: lastTime)
      nextSweep = pipeline.frames + Self.sweep
    }
    pipeline.table.endClosed(holding: Self.mostKept)
    judge(deferred.takeRipe(at: lastTime), &reporter)
    try write(&reporter)
    if queue.isFull { try makeRoom(&reporter) }
  }

  /// Ends every flow that was silent too long, so many seconds after the last packet.
  mutating func expire(after seconds: Int = 0) {
    let now = Timestamp(nanoseconds: lastTime.nanoseconds &+ Int64(seconds) * 1_000_000_000)
    pipeline.table.expire(at: max(now, lastTime))
  }

  /// Ends the file: every flow ends, ICMP errors without flows are told, all in order.
  ///
  /// `secondReading` reads the file again for the traffic of some hosts beside the port; nil where that can't be done.
  mutating func finish(
    _ reporter: inout Reporter, secondReading: (Set<IPAddress>) -> HostView?
  ) throws(Output.Failure) {
    unfinished = pipeline.takeUnfinished(all: true, link: lastLink, fragments: fragments)
    pipeline.table.finish(at: lastTime)
    renderOrphans(&reporter)
    try write(&reporter)
    judge(deferred.takeGreeted(), &reporter)
    let asking = deferred.takeAsking()
    if !asking.isEmpty {
      let hosts = secondReading(
        Set(asking.flatMap { [$0.flow.client.address, $0.flow.server.address] }))
      judge(asking, hosts: hosts, &reporter)
    }
    for rendered in queue.takeRest() { try reporter.write(rendered) }
    try reporter.writeFolded(told: tellsAtOnce)
  }

  /// The counters of the file.
  var counters: DropsRecord {
    var counters = pipeline.counters(origin: origin)
    counters.span = span
    return counters
  }

  /// Whether packets beside the port could change the verdict: the rhythm of a whole host, or the port's role.
  private func needsOtherTraffic(_ verdict: Verdict) -> Bool {
    verdict.missing.contains(.otherTraffic)
      || verdict.role == .unknown && verdict.application == nil
  }

  /// Tells the oldest flows as they stand until those that wait for them have passed.
  private mutating func makeRoom(_ reporter: inout Reporter) throws(Output.Failure) {
    renderOrphans(&reporter)
    var open = pipeline.table.slotsByAge[...]
    while !queue.hasRoom {
      if let flow = deferred.take(queue.next) {
        judge([flow], &reporter)
      } else if let slot = open.popFirst() {
        pipeline.table.evict(slot)
      } else {
        return
      }
      try write(&reporter)
    }
  }

  private mutating func renderOrphans(_ reporter: inout Reporter) {
    for orphan in pipeline.table.takeOrphans() {
      let record = OrphanRecord(
        orphan: orphan, verdict: judge.judge(orphan, isOwnSending: false),
        origin: files?.take(orphan.number) ?? origin)
      let rendered = reporter.noted(record)
      if rendered != nil {
        comments?.note(orphan.number, PcapComment.text(reporter.redacted(record)))
      }
      queue.add(orphan.number, rendered ?? [])
    }
  }

  /// Judges and renders flows that were held back, with what a second reading showed of their hosts.
  private mutating func judge(
    _ flows: [DeferredFlows.Held], hosts: HostView? = nil, _ reporter: inout Reporter
  ) {
    guard !flows.isEmpty else { return }
    render(flows.map { judge.judgeEnded($0.flow, look: $0.look, hosts: hosts) }, &reporter)
  }

  /// Counts flows in their order and renders them on all processors.
  private mutating func render(_ judged: [FlowJudge.Judged], _ reporter: inout Reporter) {
    var findings: [Rendering.Finding] = []
    for judged in judged {
      let origin = files?.take(judged.flow.number) ?? origin
      var record = FlowRecord(flow: judged.flow, verdict: judged.verdict, origin: origin)
      claims.take(judged.flow.number)?.add(to: &record, isExchanged: judged.isExchanged)
      notes.take(judged.flow.number, into: &record)
      record.translated = judge.translated(judged.flow)
      let calls = judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: origin) }
      if let finding = reporter.noted(record, calls: calls) {
        // In a capture that goes on the first of a scanner's flows are told as they come.
        let isFolded = tellsAtOnce ? reporter.hides(finding.flow) : false
        if reporter.folds(finding.flow), isFolded || !tellsAtOnce {
          queue.add(judged.flow.number, [])
        } else {
          findings.append(finding)
        }
        comments?.note(judged.flow.number, PcapComment.text(finding.flow))
        comments?.noteNames(of: finding.flow)
      } else {
        queue.add(judged.flow.number, [])
      }
    }
    let rendering = reporter.rendering
    let rendered = Processors.map(findings, share: share) { rendering.bytes($0) }
    for (finding, bytes) in zip(findings, rendered) { queue.add(finding.flow.flow.number, bytes) }
  }

  /// Flows that are worth a processor.
  private var share: Int { spreads ? Processors.worthwhile : .max }

  private mutating func write(_ reporter: inout Reporter) throws(Output.Failure) {
    let ended = pipeline.table.takeEnded()
    var start = 0
    while start < ended.count {
      let some = Array(ended[start..<min(start + Self.together, ended.count)])
      start += some.count
      let rules = judge.rules
      let looks = Processors.map(some, share: share) {
        FlowJudge.Look($0.flow.conversation, rules: rules)
      }
      for (ended, look) in zip(some, looks) { judge.noteGreeting(ended.flow, look) }
      var settled: [FlowJudge.Judged] = []
      for (ended, look) in zip(some, looks) {
        let judged = judge.judgeEnded(ended.flow, look: look)
        let held = DeferredFlows.Held(flow: ended.flow, look: look)
        if isRepeatable && needsOtherTraffic(judged.verdict) && deferred.holdAsking(held)
          || !tellsAtOnce && judge.mayBeContradicted(ended.flow, look)
            && deferred.holdGreeted(held)
        {
          continue
        }
        settled.append(judged)
      }
      render(settled, &reporter)
    }
    while let rendered = queue.takeNext() { try reporter.write(rendered) }
    if tellsAtOnce { for rendered in queue.takeRest() { try reporter.write(rendered) } }
  }
}
