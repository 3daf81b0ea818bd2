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
  /// Flows that are looked at between two looks at the devices.
  static let mostLooks = 2_048
  /// Payload-carrying packets after which a recognised flow is not looked at again.
  static let mostTurns = 48

  private(set) var owners: PortSurvey?
  private let printsPackets: Bool
  var pipeline: Pipeline
  private var judge: FlowJudge
  var finder: LiveOwners
  private var fragments = HeldFragments()
  var open: [Int: LiveFlow] = [:]
  private var due = DueQueue()
  var budget = LookupBudget()
  var losses = LossLedger(from: Clock.now)
  private var remembered: [Int: FlowRecord] = [:]
  private var headline: [String] = []
  /// What the sentences tell of so far: only another answer is news, not another number.
  private var told: Set<Told> = []
  var names: [UInt32: [UInt8]?] = [:]
  private var number = 0
  private var isWriting = false
  /// What belongs to the packet that is written next.
  var toWrite = ToWrite()
  private var nextExpiry = Timestamp(nanoseconds: 0)

  /// Work for a port.
  init(
    context: VerdictContext, owners: PortSurvey?, attributor: Attributor, printsPackets: Bool
  ) {
    self.owners = owners
    self.printsPackets = printsPackets
    finder = LiveOwners(
      attributor, listeners: owners?.sockets.filter { $0.socket.state == .listening } ?? [])
    pipeline = Pipeline(port: context.port, flows: FlowLimits.liveFlows)
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
    isWriting = writer != nil
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
    if printsPackets, let link, !taken.isDuplicate {
      try reporter.packet(
        PacketRecord(
          content: content, frame: [UInt8](copying: bytes), length: length,
          reassembled: taken.reassembled,
          time: time, number: number, link: link, origin: Origin(interface: name, digits: 9)))
    }
    if case .packet(let packet, let change, _, _) = taken {
      try note(change, name, &reporter)
      if writer != nil { write(packet, of: change.slot, &reporter, &writer) }
    }
    let comment = toWrite.comment
    let (owner, direction) = (toWrite.owner, toWrite.direction)
    toWrite = ToWrite()
    if writer != nil {
      for held in fragments.take(taken.fragments) {
        writer?.write(
          held.bytes.span, length: held.length, nanoseconds: held.time.nanoseconds,
          linkType: linkType, interface: device.number, name: device.name, process: owner,
          direction: direction)
      }
    }
    writer?.write(
      bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
      interface: device.number, name: device.name, comment: comment, process: owner,
      direction: direction)
    try writeEnded(&reporter)
  }

  /// What a packet changed in its flow.
  private mutating func note(
    _ change: FlowChange, _ interface: [UInt8]?, _ reporter: inout Reporter
  ) throws(Output.Failure) {
    let slot = change.slot
    let flow = pipeline.table[slot]
    if change.isNew || open[slot]?.number != flow.number {
      // The flow that had the slot, or the same ends, ended with this packet: while its owner is still known here.
      if open[slot] != nil { try writeEnded(&reporter) }
      judge.noteBegin(flow)
      var live = LiveFlow(number: flow.number)
      attribute(flow, to: &live)
      wait(Self.silence, for: slot, flow, &live)
      open[slot] = live
    }
    guard change.grew || change.stateChanged, !change.isDuplicate, var live = open[slot] else {
      return
    }
    if live.serverProcess == nil || live.clientProcess == nil, change.grew {
      attribute(flow, to: &live)
    }
    guard flow.hasPayload, live.announced == nil || flow.conversation.turns.count <= Self.mostTurns
    else {
      open[slot] = live
      return
    }
    let judged = judge.judge(marked(flow))
    let isSure = (judged.verdict.recognition?.strength ?? .oneSided) >= .answered
    if judged.verdict.application != nil, isSure || live.announced != nil {
      try announce(judged, &live, slot, interface, &reporter)
    } else if live.announced == nil {
      wait(Self.patience, for: slot, flow, &live)
    }
    open[slot] = live
  }

  /// Has a flow looked at when so many nanoseconds have passed.
  private mutating func wait(
    _ nanoseconds: Int64, for slot: Int, _ flow: Flow, _ live: inout LiveFlow
  ) {
    let time = Timestamp(nanoseconds: flow.last.nanoseconds &+ nanoseconds)
    live.due = time
    due.add(slot, at: time)
  }

  /// Prints a verdict when it is the flow's first, or another than the last.
  private mutating func announce(
    _ judged: FlowJudge.Judged, _ live: inout LiveFlow, _ slot: Int, _ interface: [UInt8]?,
    _ reporter: inout Reporter
  ) throws(Output.Failure) {
    let said = LiveFlow.Announced(
      verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
    let record = self.record(
      judged, live, interface, action: live.announced == nil ? .start : .update)
    // Floods leave room for conversations.
    let most = judged.flow.hasPayload ? Self.mostRemembered : Self.mostRemembered / 4
    if remembered.count < most || remembered[slot] != nil { remembered[slot] = record }
    live.due = nil
    guard live.announced != said else { return }
    live.announced = said
    if !reporter.hides(record) {
      try reporter.write(
        reporter.render(
          record,
          calls: judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: record.origin) }
        ))
    }
    if told.count < Self.mostRemembered, told.insert(Told(record)).inserted {
      try sayHeadline(&reporter)
    }
    if isWriting { live.comment = PcapComment.text(record) }
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
    var looked = 0
    while looked < Self.mostLooks, let item = due.take(at: now) {
      let slot = item.slot
      guard var live = open[slot], live.due == item.time else { continue }
      looked += 1
      live.due = nil
      let flow = flow(slot)
      attribute(flow, to: &live)
      let judged = judge.judge(flow)
      if live.announced == nil { try announce(judged, &live, slot, nil, &reporter) }
      open[slot] = live
    }
    if now >= nextExpiry {
      nextExpiry = Timestamp(nanoseconds: now.nanoseconds &+ 5_000_000_000)
      pipeline.table.expire(at: now)
      pipeline.takeUnfinished(all: false, link: .ethernet, fragments: fragments)
    }
    try reporter.writePassed()
    try writeEnded(&reporter)
  }

  /// Ends every flow.
  mutating func finish(_ reporter: inout Reporter) throws(Output.Failure) {
    pipeline.takeUnfinished(all: true, link: .ethernet, fragments: fragments)
    // A few at a time: all of them a second time would not fit.
    for (number, slot) in pipeline.table.slotsByAge.enumerated() {
      pipeline.table.close(slot)
      if number % Self.mostLooks == 0 { try writeEnded(&reporter) }
    }
    try writeEnded(&reporter)
    try reporter.writeFolded(told: true)
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
      let judged = judge.judgeEnded(marked(ended.flow))
      var live = open[ended.slot].flatMap { $0.number == ended.flow.number ? $0 : nil }
      if var last = live, last.missing != nil {
        attribute(ended.flow, to: &last)
        live = last
      }
      let record = self.record(
        judged, live ?? LiveFlow(number: ended.flow.number), nil, action: .end)
      let calls = judged.calls.map {
        CallRecord(call: $0, flow: judged.flow, origin: record.origin)
      }
      reporter.count(record, calls: calls)
      remembered[ended.slot] = nil
      open[ended.slot] = nil
      reporter.folds(record)
      let said = LiveFlow.Announced(
        verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
      if reporter.writesEveryEnd || live?.announced != said && !reporter.hides(record) {
        try reporter.write(reporter.render(record, calls: calls))
      }
    }
  }
}
