public import Flows
public import Verdicts

/// ICMP errors about a flow of which no packet was captured, with their verdict.
public struct OrphanRecord: Sendable {
  /// The errors.
  public var orphan: OrphanError
  /// What they are: `backscatter` or `undetermined`.
  public var verdict: Verdict
  /// Where they came from.
  public var origin: Origin
  /// What is reported of them; nil offline.
  public var action: FlowRecord.Action?

  /// A record.
  public init(
    orphan: OrphanError, verdict: Verdict, origin: Origin = Origin(),
    action: FlowRecord.Action? = nil
  ) {
    self.orphan = orphan
    self.verdict = verdict
    self.origin = origin
    self.action = action
  }
}
