import Report

/// How a finding becomes bytes: as text or as JSON.
struct Rendering: Sendable {
  /// A flow with the calls in it.
  struct Finding: Sendable {
    let flow: FlowRecord
    let calls: [CallRecord]
  }

  let text: TextReport
  let isJSON: Bool

  /// The lines of a finding.
  func bytes(_ finding: Finding) -> [UInt8] {
    if isJSON { return finding.calls.reduce(into: finding.flow.json.line) { $0 += $1.json.line } }
    let lines = text.flow(finding.flow) + finding.calls.flatMap { text.call($0) }
    return lines.reduce(into: []) { $0 += Array($1.utf8) + [10] }
  }
}
