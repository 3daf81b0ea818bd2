import Captures
import Packets
import Report
import Verdicts

/// Inputs analysed as one: their packets in the order of their times, one table of flows.
///
/// What flows are and how they are told depends on the packets alone, not on how they are spread over inputs or where
/// they were decoded: so records that shards of an archive left give what one run over the archive gives.
struct JoinedRun: ~Copyable {
  /// Packets between two looks at flows that ended.
  private static let batch = 4_096

  private var analysis: FileAnalysis
  private let port: UInt16
  private let limit: Int?
  private var export: PacketExport?
  /// Errors of the inputs, told at once, and written as records behind the flows: their place is the same in each run.
  private var errors: [ErrorRecord] = []
  private var totals = AnalysisTotals()
  private var interfaces = JoinedInterfaces()
  private let signals: Signals
  private var progress: Progress?

  /// A run; `limit` is the number of the port's packets after which it stops.
  init(
    context: VerdictContext, limit: Int?, export: consuming PacketExport?, signals: Signals,
    progress: Progress?
  ) {
    self.progress = progress
    let waits = export?.waitsForVerdicts ?? false
    analysis = FileAnalysis(joining: context, comments: waits ? FlowComments() : nil)
    port = context.port
    self.limit = limit
    self.export = export
    self.signals = signals
  }

  /// Notes what went wrong with an input before its packets were asked for.
  mutating func note(_ error: ErrorRecord, _ reporter: inout Reporter) {
    reporter.tell(error)
    errors.append(error)
  }

  /// Shows how far it has come while what there is to join is being looked for.
  mutating func noteReading() { progress?.note(flows: 0, packets: 0) }

  /// Adds what was counted of inputs that give no packets.
  mutating func add(_ other: AnalysisTotals) { totals.add(other) }

  /// Takes every packet and writes the flows, then errors, then the summary.
  mutating func run(_ inputs: [EventInput], _ reporter: inout Reporter) throws -> ExitStatus {
    var merger = EventMerger(inputs)
    var number = 0
    // What came while the inputs were opened.
    look(merger, reporter)
    while !totals.isInterrupted, limit.map({ number < $0 }) ?? true {
      do {
        guard let event = try merger.next() else { break }
        number += 1
        take(event, number, reporter.redactor)
        guard number % Self.batch == 0 else { continue }
        try analysis.settle(&reporter)
      } catch let error as CaptureError {
        if error.failure != .interrupted { note(ErrorRecord(error), &reporter) }
      }
      look(merger, reporter)
      progress?.note(flows: reporter.tally.flows, packets: number)
    }
    if merger.isCrowded {
      Diagnostics.say(
        "more than \(EventMerger.mostOpen) inputs overlap in time: some packets were taken later than their time"
      )
    }
    progress?.finish(flows: reporter.tally.flows, packets: number)
    totals.add(merger.counted)
    return try finish(&reporter, isFull: limit.map { number >= $0 } ?? false)
  }

  private mutating func take(_ event: JoinedEvent, _ number: Int, _ redactor: Redactor?) {
    let taken = analysis.take(event, number: number)
    guard export != nil else { return }
    let flow = analysis.flowNumber(of: taken)
    if let redactor {
      let frame = redactor.frame(event.event.content)
      export?.add(
        frame.span, length: frame.count, time: event.event.time, linkType: Redactor.linkType,
        interface: 0, flow: flow)
      return
    }
    let process = event.event.claim?.ofPacket(isFromClient: analysis.isFromClient(taken))
    for frame in event.frames {
      let isNamed = frame.interface == event.event.interface
      let interface = interfaces.place(
        of: frame.interface, name: isNamed ? event.event.remarks?.interface : nil)
      export?.add(
        frame.bytes.span, length: frame.length, time: frame.time, linkType: event.linkType,
        interface: interface.number, flow: flow, name: interface.name, process: process)
    }
  }

  /// Looks at the signals that came.
  private mutating func look(_ merger: borrowing EventMerger, _ reporter: borrowing Reporter) {
    while let request = signals.next() {
      switch request {
      case .end: totals.isInterrupted = true
      case .counters: reporter.counters(merger.counted.counters)
      case .flush: export?.flush()
      case .reopen, .resized, .continued: break
      }
    }
  }

  private mutating func finish(
    _ reporter: inout Reporter, isFull: Bool
  ) throws -> ExitStatus {
    // What went silent before the end is idle, whenever it was last looked at.
    analysis.expire()
    try analysis.finish(&reporter) { _ in nil }
    export?.settle(analysis.comments)
    if let failure = export?.finish() ?? nil { note(ErrorRecord(failure), &reporter) }
    if totals.isInterrupted { note(ErrorRecord(.interrupted), &reporter) }
    for error in errors.sorted(by: { $0.precedes($1) }) { try reporter.record(error) }
    var counters = totals.counters
    counters.evicted = analysis.counters.evicted
    var summary = SummaryRecord(
      tally: reporter.tally, counters: counters, port: port, files: totals.filesRead,
      otherFiles: totals.skipped)
    summary.emptyFiles = totals.empty
    summary.limit = isFull ? limit : nil
    if totals.filesRead > 0 { try reporter.summary(summary) } else { try reporter.report(summary) }
    if totals.filesRead == 0, errors.isEmpty {
      Diagnostics.say("no capture found: name a pcap or pcapng file, or another folder")
    }
    totals.failed += errors.count - (totals.isInterrupted ? 1 : 0)
    return totals.status(reporter)
  }
}

extension ErrorRecord {
  /// An order that does not hang on when the error was met.
  fileprivate func precedes(_ other: ErrorRecord) -> Bool {
    let (one, two) = (source ?? [], other.source ?? [])
    if one != two { return one.lexicographicallyPrecedes(two) }
    return Words.line(self) < Words.line(other)
  }
}
