import Packets
import Report

/// What could not be read, counted by layer and reason: never silently dropped.
struct Unread: Sendable {
  private var counts: [Key: Int] = [:]

  private struct Key: Hashable, Sendable {
    let layer: Malformed.Layer
    let reason: Malformed.Reason
  }

  mutating func note(_ malformed: Malformed) {
    counts[Key(layer: malformed.layer, reason: malformed.reason), default: 0] += 1
  }

  mutating func add(_ other: Unread) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// For the report.
  var list: [DropsRecord.Unread] {
    counts.map { DropsRecord.Unread($0.key.layer, $0.key.reason, count: $0.value) }
  }
}
