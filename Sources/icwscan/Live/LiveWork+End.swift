import Flows
import Packets
import Report
import Verdicts

/// Flows that ended, and the end of all.
extension LiveWork {
  /// Flows beside conversations that have a record of their end however long that takes.
  private static let othersTold = 2_048

  /// Ends every flow, conversations first. What is left may be a flood: beyond the first of its flows, and from `records`
  /// nanoseconds later on, they are counted and have no record of their own any more; nil to have one for each.
  mutating func finish(
    _ reporter: inout Reporter, tellsOthersFor records: Int64?
  ) throws(Output.Failure) {
    pipeline.takeUnfinished(all: true, link: .ethernet, fragments: fragments)
    var others: [Int] = []
    var conversations: [Int] = []
    for slot in pipeline.table.slotsByAge {
      if pipeline.table[slot].isConversation {
        conversations.append(slot)
      } else {
        others.append(slot)
      }
    }
    try close(conversations, &reporter)
    if let records, !reporter.isDigest {
      othersLeft = Self.othersTold
      tellsUntil = Clock.monotonic &+ records
    }
    try close(others, &reporter)
    try reporter.writeFolded(told: true)
    for orphan in pipeline.table.takeOrphans() {
      let isOwn = finder.isOwn(orphan.error.quotedSource.address)
      let record = OrphanRecord(
        orphan: orphan, verdict: flowJudge.judge(orphan, isOwnSending: isOwn),
        origin: Origin(digits: 9), action: .end)
      reporter.count(record)
      try reporter.write(reporter.render(record))
    }
  }

  /// Ends flows, a few at a time: all of them a second time would not fit.
  private mutating func close(_ slots: [Int], _ reporter: inout Reporter) throws(Output.Failure) {
    for (number, slot) in slots.enumerated() {
      pipeline.table.close(slot, at: lastLook)
      if number % Self.mostLooks == 0 { try writeEnded(&reporter) }
    }
    try writeEnded(&reporter)
  }

  /// Records of flows that ended: always as JSON, as text only where the verdict, or what it tells, is news.
  mutating func writeEnded(_ reporter: inout Reporter) throws(Output.Failure) {
    for ended in pipeline.table.takeEnded() {
      var live = open[ended.slot].flatMap { $0.number == ended.flow.number ? $0 : nil }
      let isUnanswered = ended.flow.isUnanswered
      if var last = live, last.missing != nil || last.isAwaited || isUnanswered {
        attribute(ended.flow, ended.slot, &last, isOver: true, isOverdue: isUnanswered)
        live = last
      }
      let judged = judge(ended.flow, live, isOver: true)
      let record = self.record(
        judged, live ?? LiveFlow(number: ended.flow.number), nil, action: .end)
      let calls = judged.calls.map {
        CallRecord(call: $0, flow: judged.flow, origin: record.origin)
      }
      reporter.count(record, calls: calls)
      remembered[ended.slot] = nil
      open[ended.slot] = nil
      let toldRecord = reporter.redacted(record)
      reporter.folds(toldRecord)
      let said = LiveFlow.Announced(
        verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
      // What else was said of an application since then, as the name behind a TLS handshake, is news as well.
      let isNews =
        live?.announced != said
        || record.verdict.application != nil && live?.details != toldRecord.details
      let told = reporter.writesEveryEnd || live?.announced != said ? 0 : live?.calls ?? 0
      if reporter.writesEveryEnd || isNews && !reporter.hides(toldRecord) {
        if let most = othersLeft, !ended.flow.isConversation {
          if most <= 0, Clock.monotonic >= tellsUntil {
            untold += 1
            continue
          }
          othersLeft = most - 1
        }
        try reporter.write(reporter.render(record, calls: Array(calls.dropFirst(told))))
      }
    }
  }
}

extension Flow {
  /// Whether both sides said something, which nobody can do under a made-up address.
  fileprivate var isConversation: Bool {
    clientCounters.payloadBytes > 0 && serverCounters.payloadBytes > 0
  }
}
