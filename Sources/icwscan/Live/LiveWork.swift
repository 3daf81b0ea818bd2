import CallWaiting
import Captures
import Flows
import Identify
import Packets
import Report
import Sockets
import Verdicts

/// What a live capture makes of its packets: flows, owners, verdicts as they come and change.
struct LiveWork {
  /// How long a first verdict waits for the other side's answer, in nanoseconds.
  static let patience: Int64 = 250_000_000
  /// How long a flow without payload waits before it is said what is known of it.
  static let silence: Int64 = 1_000_000_000
  /// Open flows whose last record is kept for the sentence.
  static let mostRemembered = 4_096
  /// Payload-carrying packets after which a recognised flow is not looked at again.
  static let mostTurns = 48

  private(set) var owners: PortSurvey?
  private let printsPackets: Bool
  private var pipeline: Pipeline
  private var judge: FlowJudge
  private var finder: LiveOwners
  private var fragments = HeldFragments()
  private var open: [Int: LiveFlow] = [:]
  /// Slots with something due.
  private var due: Set<Int> = []
  private var remembered: [Int: FlowRecord] = [:]
  private var headline: [String] = []
  private var names: [UInt32: [UInt8]?] = [:]
  private var deviceName: [UInt8] = []
  private var number = 0
  private var nextExpiry = Timestamp(nanoseconds: 0)

  /// Work for a port.
  init(
    context: VerdictContext, owners: PortSurvey?, attributor: Attributor, printsPackets: Bool
  ) {
    self.owners = owners
    self.printsPackets = printsPackets
    finder = LiveOwners(
      attributor, listeners: owners?.sockets.filter { $0.socket.state == .listening } ?? [])
    pipeline = Pipeline(port: context.port)
    judge = FlowJudge(context)
  }

  /// The watched port.
  var port: UInt16 { pipeline.port }

  /// Packets of the port so far.
  var onPort: Int { pipeline.onPort }

  /// The counters, with the kernel's.
  func counters(_ statistics: CaptureStatistics) -> DropsRecord {
    var counters = pipeline.counters()
    counters.dropped = statistics.dropped
    counters.interfaceDropped = statistics.interfaceDropped
    return counters
  }

  /// Takes one frame of a device.
  mutating func take(
    _ frame: borrowing Frame, _ device: LiveDevice, _ linkType: Int32, _ link: LinkType?,
    _ writer: inout CaptureWriter?, _ reporter: inout Reporter
  ) throws(Output.Failure) {
    number += 1
    let bytes = frame.bytes
    let length = frame.length
    let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
    let filter = device.filter
    let interface = Self.interface(bytes, linkType) ?? UInt32(device.number)
    let taken = pipeline.take(
      bytes, length: length, time: time, link: link, number: number, interface: Int(interface),
      matches: { filter?.passes(bytes, length: length, linkType: linkType) ?? true },
      fragments: fragments)
    if case .held = taken {
      fragments.keep(
        bytes, number: number, length: length, time: time, interface: Int(interface),
        matched: filter?.passes(bytes, length: length, linkType: linkType) ?? true)
    }
    guard let content = taken.content else { return }
    let name = interfaceName(interface, linkType, device)
    if writer != nil {
      for held in fragments.take(taken.fragments) {
        writer?.write(
          held.bytes.span, length: held.length, nanoseconds: held.time.nanoseconds,
          linkType: linkType,
          interface: device.number, name: device.name)
      }
    }
    if printsPackets, let link {
      try reporter.packet(
        PacketRecord(
          content: content, frame: [UInt8](copying: bytes), length: length,
          reassembled: taken.reassembled,
          time: time, number: number, link: link, origin: Origin(interface: name, digits: 9)))
    }
    var comment: String?
    if case .packet(_, let change, _, _) = taken { comment = try note(change, name, &reporter) }
    writer?.write(
      bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
      interface: device.number,
      name: device.name, comment: comment)
    try writeEnded(&reporter)
  }

  /// What a packet changed in its flow; a comment for the written capture when there is a new verdict.
  private mutating func note(
    _ change: FlowChange, _ interface: [UInt8]?, _ reporter: inout Reporter
  ) throws(Output.Failure) -> String? {
    let slot = change.slot
    let flow = pipeline.table[slot]
    if change.isNew || open[slot]?.number != flow.number {
      // The flow that had the slot, or the same ends, ended with this packet: while its owner is still known here.
      if open[slot] != nil { try writeEnded(&reporter) }
      judge.noteBegin(flow)
      var live = LiveFlow(number: flow.number)
      finder.attribute(flow, to: &live)
      live.due = Timestamp(nanoseconds: flow.last.nanoseconds &+ Self.silence)
      due.insert(slot)
      open[slot] = live
    }
    guard change.grew || change.stateChanged, !change.isDuplicate, var live = open[slot] else {
      return nil
    }
    if live.serverProcess == nil || live.clientProcess == nil, change.grew {
      finder.attribute(flow, to: &live)
    }
    guard flow.hasPayload, live.announced == nil || flow.conversation.turns.count <= Self.mostTurns
    else {
      open[slot] = live
      return nil
    }
    let judged = judge.judge(flow)
    let isSure = (judged.verdict.recognition?.strength ?? .oneSided) >= .answered
    var comment: String?
    if judged.verdict.application != nil, isSure || live.announced != nil {
      comment = try announce(judged, &live, slot, interface, &reporter)
    } else if live.announced == nil {
      live.due = Timestamp(nanoseconds: flow.last.nanoseconds &+ Self.patience)
      due.insert(slot)
    }
    open[slot] = live
    return comment
  }

  /// Prints a verdict when it is the flow's first, or another than the last.
  private mutating func announce(
    _ judged: FlowJudge.Judged, _ live: inout LiveFlow, _ slot: Int, _ interface: [UInt8]?,
    _ reporter: inout Reporter
  ) throws(Output.Failure) -> String? {
    let said = LiveFlow.Announced(
      verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
    let record = self.record(
      judged, live, interface, action: live.announced == nil ? .start : .update)
    if remembered.count < Self.mostRemembered || remembered[slot] != nil {
      remembered[slot] = record
    }
    live.due = nil
    due.remove(slot)
    guard live.announced != said else { return nil }
    live.announced = said
    try reporter.write(
      reporter.render(
        record,
        calls: judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: record.origin) }))
    try sayHeadline(&reporter)
    return PcapComment.text(record)
  }

  private func record(
    _ judged: FlowJudge.Judged, _ live: LiveFlow, _ interface: [UInt8]?, action: FlowRecord.Action
  ) -> FlowRecord {
    // The processes were looked up for the sides as they were captured.
    let live = judged.isExchanged ? live.exchanged : live
    return FlowRecord(
      flow: judged.flow, verdict: judged.verdict, origin: Origin(interface: interface, digits: 9),
      action: action, clientProcess: live.clientProcess, serverProcess: live.serverProcess,
      missingOwner: live.missing, clientAttribution: live.clientAttribution,
      serverAttribution: live.serverAttribution)
  }

  /// Prints the sentence again when the answer has changed.
  private mutating func sayHeadline(_ reporter: inout Reporter) throws(Output.Failure) {
    var tally = reporter.tally
    for slot in remembered.keys.sorted() { if let record = remembered[slot] { tally.note(record) } }
    let lines = reporter.sentences(tally: tally, owners: owners, port: port)
    for line in lines where !headline.contains(line) && !line.hasSuffix("nothing seen") {
      try reporter.sentence(line)
    }
    headline = lines
  }

  /// Looks at what is due: verdicts that waited for an answer in vain, flows without payload, idle flows.
  mutating func look(at now: Timestamp, _ reporter: inout Reporter) throws(Output.Failure) {
    for slot in due.sorted() {
      guard var live = open[slot], let time = live.due else {
        due.remove(slot)
        continue
      }
      guard time <= now else { continue }
      live.due = nil
      due.remove(slot)
      var flow = pipeline.table[slot]
      flow.watchedUntil = max(now, flow.last)
      finder.attribute(flow, to: &live)
      let judged = judge.judge(flow)
      if live.announced == nil, judged.verdict.mayStillBeAnswered(flow) {
        // A name that an answer's absence would take away again.
        live.due = Timestamp(nanoseconds: flow.last.nanoseconds &+ Verdict.answerPatience)
        due.insert(slot)
        open[slot] = live
        continue
      }
      if live.announced == nil { _ = try announce(judged, &live, slot, nil, &reporter) }
      open[slot] = live
    }
    if now >= nextExpiry {
      nextExpiry = Timestamp(nanoseconds: now.nanoseconds &+ 5_000_000_000)
      pipeline.table.expire(at: now)
      pipeline.takeUnfinished(all: false, link: .ethernet, fragments: fragments)
    }
    try writeEnded(&reporter)
  }

  /// Ends every flow.
  mutating func finish(_ reporter: inout Reporter) throws(Output.Failure) {
    pipeline.takeUnfinished(all: true, link: .ethernet, fragments: fragments)
    pipeline.table.finish()
    try writeEnded(&reporter)
    for orphan in pipeline.table.takeOrphans() {
      let isOwn = finder.attributor.isOwn(orphan.error.quotedSource.address.networkBytes)
      let record = OrphanRecord(
        orphan: orphan, verdict: judge.judge(orphan, isOwnSending: isOwn),
        origin: Origin(digits: 9), action: .end)
      reporter.count(record)
      try reporter.write(reporter.render(record))
    }
  }

  /// Records of flows that ended: always as JSON, as text only where the verdict is news.
  private mutating func writeEnded(_ reporter: inout Reporter) throws(Output.Failure) {
    for ended in pipeline.table.takeEnded() {
      let judged = judge.judgeEnded(ended.flow)
      var live = open[ended.slot].flatMap { $0.number == ended.flow.number ? $0 : nil }
      if var last = live, last.missing != nil {
        finder.attribute(ended.flow, to: &last)
        live = last
      }
      let record = self.record(
        judged, live ?? LiveFlow(number: ended.flow.number), nil, action: .end)
      reporter.count(record)
      remembered[ended.slot] = nil
      due.remove(ended.slot)
      open[ended.slot] = nil
      let said = LiveFlow.Announced(
        verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
      if reporter.writesEveryEnd || live?.announced != said {
        try reporter.write(
          reporter.render(
            record,
            calls: judged.calls.map {
              CallRecord(call: $0, flow: judged.flow, origin: record.origin)
            }))
      }
    }
  }

  /// The kernel's interface index in a cooked frame of version 2.
  private static func interface(_ bytes: Span<UInt8>, _ linkType: Int32) -> UInt32? {
    guard linkType == 276, bytes.count >= 8 else { return nil }
    return (4..<8).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
  }

  private mutating func interfaceName(
    _ index: UInt32, _ linkType: Int32, _ device: LiveDevice
  ) -> [UInt8]? {
    guard linkType == 276 else { return Array(device.name.utf8) }
    if let known = names[index] { return known }
    let name = InterfaceNames.name(of: index).map { Array($0.utf8) }
    if names.count < 4_096 { names[index] = name }
    return name
  }
}
