import CallWaiting
import Captures
import Flows
import Identify
import Packets
import Report
import Roles
import Sockets
import Verdicts

/// What a live capture makes of its packets: flows, owners, verdicts as they come and change.
struct LiveWork {
  /// How long a first verdict waits for the other side's answer, in nanoseconds.
  static let patience: Int64 = 250_000_000
  /// How long a flow without payload waits before it is said what is known of it.
  static let silence: Int64 = 1_000_000_000
  /// How long a sentence stands before the next one, in nanoseconds.
  static let headlinePause: Int64 = 200_000_000
  /// Open flows whose last record is kept for the sentence.
  static let mostRemembered = 4_096
  /// Flows that are looked at, or ended, between two looks at the devices and the output.
  static let mostLooks = 2_048
  /// Payload-carrying packets after which a recognised flow is not looked at again.
  static let mostTurns = 48

  private(set) var owners: PortSurvey?
  private let printsPackets: Bool
  var pipeline: Pipeline
  var flowJudge: FlowJudge
  var finder: LiveOwners
  var fragments = HeldFragments()
  var open: [Int: LiveFlow] = [:]
  /// Slots with something due.
  var due = DueQueue()
  var losses = LossLedger(from: Clock.now)
  /// What the sentence is made of, beside the flows that ended.
  var remembered: [Int: FlowRecord] = [:]
  var headline: [[String]] = []
  /// What the sentences tell of so far: only another answer is news, not another number.
  var told: Set<ToldAnswer> = []
  /// Whether the sentence may have changed, and when it is looked at next: it takes all that is remembered into account,
  /// which under a flood is too much to be done for each flow.
  var isHeadlineStale = false
  var nextHeadline: Int64 = 0
  /// Names of interfaces by the kernel's index.
  var names: [UInt32: [UInt8]?] = [:]
  private var number = 0
  /// At the end of all: how many flows beside conversations have a record of their end however long that takes, until when
  /// others do, and how many had none.
  var othersLeft: Int?
  var tellsUntil = Int64.max
  var untold = 0
  private var isWriting = false
  /// What belongs to the packet that is written next.
  var toWrite = ToWrite()
  var nextExpiry = Timestamp(nanoseconds: 0)
  var lastLook = Timestamp(nanoseconds: 0)

  /// Work for a port.
  init(
    context: VerdictContext, owners: PortSurvey?, helper: HelperConnection, printsPackets: Bool
  ) {
    self.owners = owners
    self.printsPackets = printsPackets
    finder = LiveOwners(helper)
    pipeline = Pipeline(port: context.port, flows: FlowLimits.liveFlows)
    flowJudge = FlowJudge(context)
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
    counters.untold = untold
    return counters
  }

  /// Takes one frame of a device.
  mutating func take(
    _ frame: borrowing Frame, _ device: LiveDevice, _ linkType: Int32, _ link: LinkType?,
    _ output: inout LiveOutput, _ reporter: inout Reporter
  ) throws(Output.Failure) {
    number += 1
    isWriting = output.isOn
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
    if output.isOn { output.prepare() }
    if case .packet(let packet, let change, _, _) = taken {
      try note(change, name, &reporter)
      if output.isOn { write(packet, of: change.slot, &reporter, &output) }
    }
    let comment = toWrite.comment
    let (owner, direction) = (toWrite.owner, toWrite.direction)
    toWrite = ToWrite()
    if let redactor = reporter.redactor {
      let redacted = redactor.frame(content)
      output.write(
        redacted.span, length: redacted.count, nanoseconds: time.nanoseconds,
        linkType: Redactor.linkType, interface: 0, name: nil, comment: comment)
      return try writeEnded(&reporter)
    }
    if output.isOn {
      for held in fragments.take(taken.fragments) {
        output.write(
          held.bytes.span, length: held.length, nanoseconds: held.time.nanoseconds,
          linkType: linkType, interface: device.number, name: device.name, process: owner,
          direction: direction)
      }
    }
    output.write(
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
      flowJudge.noteBegin(flow)
      var live = LiveFlow(number: flow.number)
      attribute(flow, slot, &live)
      wait(Self.silence, for: slot, flow, &live)
      open[slot] = live
    }
    guard change.grew || change.stateChanged, !change.isDuplicate, var live = open[slot] else {
      return
    }
    if change.grew || flow.hasPayload,
      live.client.isWorthAsking(hasPayload: flow.hasPayload)
        || live.server.isWorthAsking(hasPayload: flow.hasPayload)
    {
      attribute(flow, slot, &live)
    }
    guard flow.hasPayload, live.announced == nil || flow.conversation.turns.count <= Self.mostTurns
    else {
      open[slot] = live
      return
    }
    let judged = judge(flow, live)
    let isSure = (judged.verdict.recognition?.strength ?? .oneSided) >= .answered
    if judged.verdict.application != nil, isSure || live.announced != nil,
      live.announced != nil || !live.isUrgent
    {
      try announce(judged, &live, slot, interface, &reporter)
    } else if live.announced == nil {
      // Who talks on without an answer is told of all the same.
      let age = flow.last.nanoseconds(since: flow.conversation.turns.first?.time ?? flow.last)
      wait(min(Self.patience, max(0, Self.silence - age)), for: slot, flow, &live)
    }
    open[slot] = live
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
    if remembered.count < most || remembered.index(forKey: slot) != nil {
      remembered[slot] = record
    }
    live.due = nil
    guard live.announced != said else { return }
    live.announced = said
    live.calls = judged.calls.count
    let toldRecord = reporter.redacted(record)
    live.details = toldRecord.details
    if !reporter.hides(toldRecord) {
      try reporter.write(
        reporter.render(
          record,
          calls: judged.calls.map { CallRecord(call: $0, flow: judged.flow, origin: record.origin) }
        ))
    }
    if told.count < Self.mostRemembered, told.insert(ToldAnswer(record)).inserted {
      isHeadlineStale = true
    }
    if isWriting { live.comment = PcapComment.text(toldRecord) }
  }

  mutating func record(
    _ judged: FlowJudge.Judged, _ live: LiveFlow, _ interface: [UInt8]?, action: FlowRecord.Action
  ) -> FlowRecord {
    // The processes were looked up for the sides as they were captured.
    let live = judged.isExchanged ? live.exchanged : live
    var record = FlowRecord(
      flow: judged.flow, verdict: judged.verdict, origin: Origin(interface: interface, digits: 9),
      action: action, clientProcess: live.client.process,
      serverProcess: live.server.process,
      missingOwner: live.missing, clientAttribution: live.client.attribution,
      serverAttribution: live.server.attribution)
    // Who was let in later, by other rules, was not refused.
    record.refusal = judged.flow.isUnanswered ? live.server.refusal : nil
    record.translated = flowJudge.translated(judged.flow)
    return record
  }

  /// Looks at what is due: verdicts that waited for an answer in vain, flows without payload, idle flows.
  mutating func look(at now: Timestamp, _ reporter: inout Reporter) throws(Output.Failure) {
    if now < lastLook { bringForward(to: now) }
    lastLook = now
    var looked = 0
    while looked < Self.mostLooks, let item = due.take(at: now) {
      let slot = item.slot
      // What was put off, or is over, is not what waited.
      guard var live = open[slot], live.due == item.time else { continue }
      looked += 1
      live.due = nil
      var flow = pipeline.table[slot]
      flow.watchedUntil = max(now, flow.last)
      attribute(flow, slot, &live, isOverdue: true)
      let judged = judge(flow, live)
      if live.announced == nil, flow.last <= now, judged.verdict.mayStillBeAnswered(flow),
        flow.last.nanoseconds(since: flow.first) < 2 * Verdict.answerPatience
      {
        // A name that an answer's absence would take away again.
        wait(Verdict.answerPatience, for: slot, flow, &live)
      } else if live.announced == nil {
        try announce(judged, &live, slot, nil, &reporter)
      }
      open[slot] = live
    }
    try sayHeadline(&reporter)
    if now >= nextExpiry {
      nextExpiry = Timestamp(nanoseconds: now.nanoseconds &+ 5_000_000_000)
      pipeline.table.expire(at: now)
      pipeline.takeUnfinished(all: false, link: .ethernet, fragments: fragments)
    }
    try reporter.writePassed()
    try writeEnded(&reporter)
  }
}
