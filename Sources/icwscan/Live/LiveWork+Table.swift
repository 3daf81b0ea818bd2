import Flows
import Report

/// What the flows are at this moment.
extension LiveWork {
  /// The record of an open flow as of now; nil when the slot has none.
  mutating func record(of slot: Int) -> FlowRecord? {
    guard let live = open[slot] else { return nil }
    let judged = judge(pipeline.table[slot], live)
    return record(judged, live, nil, action: live.announced == nil ? .start : .update)
  }

  /// All flows, those that ended and those that were told of and go on.
  func tally(_ reporter: borrowing Reporter) -> Tally {
    var tally = reporter.tally
    for slot in remembered.keys.sorted() {
      if let record = remembered[slot] { tally.note(reporter.redacted(record)) }
    }
    return tally
  }
}
