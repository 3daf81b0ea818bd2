import Flows
import Packets
import Report
import Verdicts

/// Flows that ended, and the end of all.
extension LiveWork {
  /// Ends every flow, conversations first: from `end` on, by the monotonic clock in nanoseconds, flows without payload are
  /// counted and have no record of their own any more.
  mutating func finish(
    _ reporter: inout Reporter, tellsUntil end: Int64
  ) throws(Output.Failure) {
    pipeline.takeUnfinished(all: true, link: .ethernet, fragments: fragments)
    tellsUntil = end
    let slots = pipeline.table.slotsByAge
    let isConversation = slots.map { pipeline.table[$0].hasPayload }
    let order =
      zip(slots, isConversation).filter(\.1).map(\.0)
      + zip(slots, isConversation).filter { !$0.1 }.map(\.0)
    // A few at a time: all of them a second time would not fit.
    for (number, slot) in order.enumerated() {
      pipeline.table.close(slot, at: lastLook)
      if number % Self.mostLooks == 0 { try writeEnded(&reporter) }
    }
    try writeEnded(&reporter)
    try reporter.writeFolded(told: true)
    for orphan in pipeline.table.takeOrphans() {
      let isOwn = finder.isOwn(orphan.error.quotedSource.address)
      let record = OrphanRecord(
        orphan: orphan, verdict: judge.judge(orphan, isOwnSending: isOwn),
        origin: Origin(digits: 9), action: .end)
      reporter.count(record)
      try reporter.write(reporter.render(record))
    }
  }

  /// Records of flows that ended: always as JSON, as text only where the verdict is news.
  mutating func writeEnded(_ reporter: inout Reporter) throws(Output.Failure) {
    for ended in pipeline.table.takeEnded() {
      let judged = judge.judgeEnded(marked(ended.flow))
      var live = open[ended.slot].flatMap { $0.number == ended.flow.number ? $0 : nil }
      if var last = live, last.missing != nil || last.isAwaited {
        attribute(ended.flow, ended.slot, &last)
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
      let toldRecord = reporter.redacted(record)
      reporter.folds(toldRecord)
      let said = LiveFlow.Announced(
        verdictClass: judged.verdict.verdictClass, application: judged.verdict.application)
      if reporter.writesEveryEnd || live?.announced != said && !reporter.hides(toldRecord) {
        if !judged.flow.hasPayload, Clock.monotonic >= tellsUntil {
          untold += 1
          continue
        }
        try reporter.write(reporter.render(record, calls: calls))
      }
    }
  }
}
