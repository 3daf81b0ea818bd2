import Flows
public import Packets
import Verdicts

/// Flows that text tells in one line: those of one scanner, or of one flood.
public struct FoldedFlows: Sendable {
  /// The first of them, which the line is told of.
  public private(set) var first: FlowRecord
  /// How many there are.
  public private(set) var flows = 0
  /// How many were told as they came, at their first verdict.
  var announced = 0
  /// How many are told by themselves before they are folded.
  let shown: Int
  /// Their packets.
  public private(set) var packets = 0
  /// Their bytes on the wire.
  public private(set) var bytes = 0
  /// Different ends that they went to, counted up to ``mostTargets``.
  public private(set) var targets: Set<Endpoint> = []
  /// How many were accepted: the other end sent a SYN+ACK, or data.
  public private(set) var accepted = 0
  /// How many were refused with a RST.
  public private(set) var refused = 0
  /// The tools that they were made with and the number of their flows, the first ``mostTools`` names.
  public private(set) var tools: [String: Int] = [:]
  /// The time of the last packet.
  public private(set) var last: Timestamp
  /// Whether they have many senders: a flood, or answers to made-up ones.
  public let isOfMany: Bool

  /// Ends that are told apart.
  public static let mostTargets = 1_024
  /// Tools that are told apart.
  public static let mostTools = 16

  init(_ record: FlowRecord, isOfMany: Bool, shown: Int) {
    first = record
    last = record.flow.last
    self.isOfMany = isOfMany
    self.shown = shown
  }

  mutating func add(_ record: FlowRecord) {
    flows += 1
    packets += record.flow.packets
    bytes = bytes &+ record.flow.clientCounters.bytes &+ record.flow.serverCounters.bytes
    if record.flow.first < first.flow.first { first = record }
    if targets.count < Self.mostTargets { targets.insert(record.flow.server) }
    if let tool = record.verdict.tool, tools[tool] != nil || tools.count < Self.mostTools {
      tools[tool, default: 0] += 1
    }
    let server = record.flow.serverCounters
    let flags = TCPFlags(rawValue: server.flags)
    if flags.isSuperset(of: [.syn, .ack]) || server.payloadBytes > 0 {
      accepted += 1
    } else if flags.contains(.rst) {
      refused += 1
    }
    last = max(last, record.flow.last)
  }
}
