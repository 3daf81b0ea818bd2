import Flows
import Packets
import Verdicts

/// What text folds: flows without an answered word, which come in thousands and each say the same.
public struct Folding: Sendable {
  /// Scanners and floods that are told apart; what comes beyond them is only counted.
  public static let most = 4_096
  /// Attempts of one client at one end that nobody would call a scan, which are told one by one before they are folded.
  public static let mostAttempts = 16
  /// How long a scanner is silent before its line may be told to make room, in nanoseconds.
  static let patience: Int64 = 600_000_000_000

  /// What flows are folded by.
  private struct Key: Hashable {
    let transport: Transport
    let verdictClass: VerdictClass
    let host: IPAddress
    let isOfMany: Bool
    /// The server's, where it is no scan that is told.
    let end: Endpoint?
  }

  private var groups: [Key: FoldedFlows] = [:]
  private var order: ArraySlice<Key> = []
  private var passed: [FoldedFlows] = []
  /// Flows beyond the groups that are kept.
  public private(set) var others = 0

  /// Nothing folded.
  public init() {}

  /// Whether a flow that has its first verdict is told by others of its like. Those of a kind that are told by
  /// themselves come first.
  public mutating func hides(_ record: FlowRecord) -> Bool {
    guard let key = Self.key(record) else { return false }
    guard makeRoom(for: key, record) else { return true }
    groups[key]?.announced += 1
    return groups[key].map { $0.announced > $0.shown } ?? false
  }

  /// Adds a flow that is over to its like. True when it is told there; the first attempts that are no scan are not.
  @discardableResult public mutating func fold(_ record: FlowRecord) -> Bool {
    guard let key = Self.key(record) else { return false }
    guard makeRoom(for: key, record) else {
      others += 1
      return true
    }
    groups[key]?.add(record)
    return groups[key].map { $0.shown == 1 || $0.flows > $0.shown } ?? false
  }

  /// Groups that were silent for long and made room for others.
  public mutating func takePassed() -> [FoldedFlows] {
    defer { passed = [] }
    return passed
  }

  /// All groups in the order of their first packets, and nothing afterwards.
  public mutating func take() -> [FoldedFlows] {
    let all = passed + order.compactMap { groups[$0] }
    self = Folding()
    return all.filter { $0.flows > 0 }.sorted {
      ($0.first.flow.first, $0.first.flow.number) < ($1.first.flow.first, $1.first.flow.number)
    }
  }

  private mutating func makeRoom(for key: Key, _ record: FlowRecord) -> Bool {
    if groups[key] != nil { return true }
    if groups.count >= Self.most {
      guard let oldest = order.first, let group = groups[oldest],
        record.flow.last.nanoseconds(since: group.last) > Self.patience
      else { return false }
      order.removeFirst()
      groups[oldest] = nil
      passed.append(group)
    }
    groups[key] = FoldedFlows(
      record, isOfMany: key.isOfMany, shown: key.end == nil ? 1 : Self.mostAttempts)
    order.append(key)
    return true
  }

  private static func key(_ record: FlowRecord) -> Key? {
    let verdict = record.verdict
    let flow = record.flow
    let isFlood = verdict.evidence.contains { $0.item == .flood }
    switch verdict.verdictClass {
    case .scan:
      return Key(
        transport: flow.transport, verdictClass: .scan,
        host: (isFlood ? flow.server : flow.client).address, isOfMany: isFlood, end: nil)
    case .backscatter:
      return Key(
        transport: flow.transport, verdictClass: .backscatter, host: flow.server.address,
        isOfMany: true, end: nil)
    case .undetermined where !flow.hasPayload:
      return Key(
        transport: flow.transport, verdictClass: .undetermined, host: flow.client.address,
        isOfMany: false, end: flow.server)
    default: return nil
    }
  }
}
