import Flows

/// Records of a TLS stream whose start was missed: a chain of headers from the start of one of its
/// segments.
struct TLSMidstream {
  /// Where the chain starts.
  let offset: Int
  /// How many record headers it has.
  let count: Int
  /// The version that all of them carry.
  let version: TLSVersion

  /// Looks for a chain on one side that reaches to the end of what is kept; nil when there is none
  /// of two at least.
  init?(_ side: Side, of conversation: Conversation) {
    let bytes = conversation[side].bytes
    let starts = conversation.turns.lazy.filter { $0.side == side }.map(\.range.lowerBound).prefix(
      8)
    for start in [0] + starts where start < bytes.count {
      let records = TLSRecords(bytes, from: start)
      guard records.wrongAt == nil, records.records.count >= 2, let first = records.records.first,
        (0x0300...0x0303).contains(first.version),
        records.records.allSatisfy({ $0.version == first.version && $0.length > 0 })
      else { continue }
      offset = start
      count = records.records.count
      version = TLSVersion(rawValue: first.version)
      return
    }
    return nil
  }
}
