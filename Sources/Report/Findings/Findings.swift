import CallWaiting
import Flows
import Packets
import Verdicts

/// What a run found, as far as a report shows it at the end. Flows are counted without bound; of them a stated number is
/// kept for the table, and fewer with all that is known of them.
public struct Findings: Sendable {
  /// Flows that the table lists.
  public static let mostRows = 10_000
  /// Flows that are kept with everything known of them: what is most worth a look, and of each kind something.
  public static let mostDetails = 40
  /// Flows of one kind among those.
  static let mostAlike = 5
  /// Calls that are listed.
  static let mostCalls = 500
  /// Errors that are listed.
  static let mostErrors = 100
  /// Inputs that are listed.
  static let mostInputs = 200

  /// A flow with everything known of it.
  struct Detail: Sendable {
    let number: Int
    let record: FlowRecord
    let calls: [CallRecord]
    fileprivate let kind: Kind
  }

  /// Flows that are alike, so that a few of them show them all.
  fileprivate struct Kind: Hashable, Sendable {
    let verdictClass: VerdictClass
    let application: String?
    let tool: String?
    let hasPayload: Bool

    /// The less, the more it is worth a look.
    var rank: Int {
      switch verdictClass {
      case .genuineKPNICW: 0
      case .icwFamily: 1
      case .consistentWithICW: 2
      case .undetermined where hasPayload: 3
      case .otherApplication: 4
      case .portCoincidence: 5
      case .undetermined: 6
      case .scan: 7
      case .backscatter: 8
      }
    }
  }

  /// All flows, and ICMP errors without one.
  private(set) var flows = 0
  private(set) var rows: [FlowRow] = []
  private(set) var details: [Detail] = []
  private(set) var histogram = TimeHistogram()
  private(set) var calls: [CallRecord] = []
  private(set) var allCalls = 0
  private(set) var errors: [ErrorRecord] = []
  private(set) var allErrors = 0
  /// How many flows lack a kind of evidence.
  private(set) var missing: [Missing: Int] = [:]
  /// Flows with payload, all of it captured, that nobody could name.
  private(set) var unnamed = 0
  private(set) var inputs: [[UInt8]] = []
  private(set) var allInputs = 0

  /// Nothing yet.
  public init() {}

  /// The calls in the order of their alerts, whichever input was read first.
  var sortedCalls: [CallRecord] { calls.sorted { $0.call.alerted < $1.call.alerted } }

  /// Adds a flow; each flow once, when it is over.
  public mutating func note(_ record: FlowRecord, calls: [CallRecord] = []) {
    flows += 1
    histogram.note(record.verdict.verdictClass, at: record.flow.first)
    for missing in Set(record.verdict.missing)
    // A probe that is no connection has no start that could have been captured.
    where missing != .start || record.verdict.verdictClass != .scan {
      self.missing[missing, default: 0] += 1
    }
    if record.verdict.verdictClass == .undetermined, record.flow.hasPayload,
      !record.hasLostPayload, !record.verdict.missing.contains(.wholeFrames)
    {
      unnamed += 1
    }
    if rows.count < Self.mostRows { rows.append(FlowRow(record, number: flows)) }
    allCalls += calls.count
    self.calls += calls.prefix(Self.mostCalls - self.calls.count)
    keep(record, calls)
  }

  /// Adds ICMP errors without their flow.
  public mutating func note(_ record: OrphanRecord) {
    flows += 1
    histogram.note(record.verdict.verdictClass, at: record.orphan.first)
    if rows.count < Self.mostRows { rows.append(FlowRow(record, number: flows)) }
  }

  /// Adds something that went wrong.
  public mutating func note(_ error: ErrorRecord) {
    allErrors += 1
    if errors.count < Self.mostErrors { errors.append(error) }
  }

  /// Adds an input as it was named: a file, a folder, an interface; raw.
  public mutating func note(input: [UInt8]) {
    allInputs += 1
    if inputs.count < Self.mostInputs { inputs.append(input) }
  }

  /// Keeps a flow with all that is known of it, if it is worth more than one that is kept.
  private mutating func keep(_ record: FlowRecord, _ calls: [CallRecord]) {
    let kind = Kind(
      verdictClass: record.verdict.verdictClass, application: record.verdict.application,
      tool: record.verdict.tool, hasPayload: record.flow.hasPayload)
    // The table leads to what is kept: whatever is not in it stays out.
    guard flows <= Self.mostRows, details.count(where: { $0.kind == kind }) < Self.mostAlike else {
      return
    }
    if details.count == Self.mostDetails {
      // One of a kind that is there more than once makes room, else the least interesting, the last of them first.
      let alike = details.reduce(into: [Kind: Int]()) { $0[$1.kind, default: 0] += 1 }
      func key(_ detail: Detail) -> (Int, Int, Int) {
        (min(alike[detail.kind] ?? 0, 2), detail.kind.rank, detail.number)
      }
      guard let worst = details.indices.max(by: { key(details[$0]) < key(details[$1]) }),
        kind.rank < details[worst].kind.rank
          || alike[kind] == nil && key(details[worst]).0 > 1
      else { return }
      details.remove(at: worst)
    }
    details.append(Detail(number: flows, record: record, calls: calls, kind: kind))
  }

  /// The kept flows, what is most worth a look first.
  var sortedDetails: [Detail] {
    details.sorted {
      $0.kind.rank == $1.kind.rank ? $0.number < $1.number : $0.kind.rank < $1.kind.rank
    }
  }

  /// The rows in the order of their flows' first packets.
  var sortedRows: [FlowRow] {
    rows.sorted { $0.first == $1.first ? $0.number < $1.number : $0.first < $1.first }
  }
}
