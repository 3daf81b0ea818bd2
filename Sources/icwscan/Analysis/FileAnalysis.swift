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
  private var lastLink: LinkType = .ethernet
  private var lastTime = Timestamp(nanoseconds: 0)

  /// An analysis of one file, which may be `isRepeatable`: be read a second time when it has ended.
  init(origin: Origin, context: VerdictContext, isRepeatable: Bool) {
    self.origin = origin
    self.isRepeatable = isRepeatable
    pipeline = Pipeline(port: context.port)
    judge = FlowJudge(context)
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
    return taken
  }

  /// The earlier fragments of a datagram that turned out to be the port's, for the written capture.
  mutating func takeFragments(_ numbers: [Int]) -> [HeldFragments.Held] { fragments.take(numbers) }

  /// Writes what is known by now of flows that ended.
  mutating func settle(_ reporter: inout Reporter) throws(Output.Failure) {
    if pipeline.frames >= nextSweep {
      pipeline.table.expire(at: lastTime)
      nextSweep = pipeline.frames + Self.sweep
    }
    judge(deferred.takeRipe(at: lastTime), &reporter)
    try write(&reporter)
    if queue.isFull { try makeRoom(&reporter) }
  }

  /// Ends the file: every flow ends, ICMP errors without flows are told, all in order.
  ///
  /// `secondReading` reads the file again for the traffic of some hosts beside the port; nil where that can't be done.
  mutating func finish(
    _ reporter: inout Reporter, secondReading: (Set<IPAddress>) -> HostView?
  ) throws(Output.Failure) {
    pipeline.takeUnfinished(all: true, link: lastLink, fragments: fragments)
    pipeline.table.finish()
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
  }

  /// The counters of the file.
  var counters: DropsRecord { pipeline.counters(origin: origin) }

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
        orphan: orphan, verdict: judge.judge(orphan, isOwnSending: false), origin: origin)
      reporter.count(record)
      queue.add(orphan.number, reporter.render(record))
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
    let findings = judged.map { judged in
      reporter.noted(
        FlowRecord(flow: judged.flow, verdict: judged.verdict, origin: origin),
        calls: judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: origin) })
    }
    let rendering = reporter.rendering
    let rendered = Processors.map(findings) { rendering.bytes($0) }
    for (finding, bytes) in zip(findings, rendered) { queue.add(finding.flow.flow.number, bytes) }
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
        let held = DeferredFlows.Held(flow: ended.flow, look: look)
        if isRepeatable && needsOtherTraffic(judged.verdict) && deferred.holdAsking(held)
          || judge.mayBeContradicted(ended.flow, look) && deferred.holdGreeted(held)
        {
          continue
        }
        settled.append(judged)
      }
      render(settled, &reporter)
    }
    while let rendered = queue.takeNext() { try reporter.write(rendered) }
  }
}
