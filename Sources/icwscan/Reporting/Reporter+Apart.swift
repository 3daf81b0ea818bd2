import Report
import Verdicts

/// Inputs that are analysed at the same time, each with a reporter of its own, told in their order.
extension Reporter {
  /// Bytes that one input's reporter collects at most; an input that has more to tell is analysed again in its turn.
  static let mostCollected = 1024 * 1024

  /// What the reporter of one input has in common with that of all.
  struct Kind: Sendable {
    let rendering: Rendering
    let failOn: Set<VerdictClass>
    let selection: Selection
  }

  /// What a reporter of one input collected.
  struct Collected: Sendable {
    let bytes: [UInt8]
    let told: [String]
    let tally: Tally
    let unread: Set<[UInt8]>
  }

  /// The kind of a reporter for one input; nil where what is told of one hangs on the others.
  var kind: Kind? {
    guard grouping == nil, findings == nil, redactor == nil, !names.isOn else { return nil }
    return Kind(rendering: rendering, failOn: failOn, selection: selection)
  }

  /// What was collected of one input.
  var collected: Collected {
    Collected(bytes: output.collected, told: told ?? [], tally: tally, unread: unread)
  }

  /// Tells and counts what was collected of one input.
  mutating func take(_ collected: Collected) throws(Output.Failure) {
    for line in collected.told { Diagnostics.say(line) }
    add(collected.tally)
    unread.formUnion(collected.unread)
    try output.bytes(collected.bytes)
  }
}
