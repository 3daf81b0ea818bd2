import Packets

/// Puts one side's TCP segments into sequence order, as far as the kept bytes reach (RFC 9293 section 3.4).
///
/// Where copies of a byte differ, the first that was captured stays, as most stacks do.
struct SideStream: Sendable {
  /// Sequence number of the first kept byte; nil before the side was heard of.
  private(set) var base: UInt32?
  /// One behind the highest sequence number seen, counted from `base`.
  private var sent: Int64 = 0
  /// Whether no byte will be appended any more: a cut segment or the bound.
  private var isClosed = false
  private var waiting: [Waiting] = []

  private struct Waiting: Sendable {
    let offset: Int
    let bytes: [UInt8]
    let isCut: Bool
  }

  /// What a segment brought.
  struct Outcome {
    /// Where its own new bytes lie in the side's kept bytes; empty when none were kept (yet).
    var range = 0..<0
    /// Whether the kept bytes grew.
    var grew = false
    /// Whether some of it was new.
    var isNew = true
    /// Whether it came before one that it follows.
    var isOutOfOrder = false
  }

  /// Notes the SYN: the stream's first byte follows it.
  mutating func begin(after synchronise: UInt32) {
    if base == nil { base = synchronise &+ 1 }
  }

  /// Adds a segment's payload to the side's bytes.
  mutating func add(
    _ payload: Span<UInt8>, sequence: UInt32, length: Int, to side: inout SideBytes
  ) -> Outcome {
    var outcome = Outcome()
    if base == nil {
      base = sequence
      side.beginsAtStart = false
    }
    // Generated captures let the first byte have the SYN's own number. No stack does: a keep-alive that goes one back
    // holds one byte at most (RFC 9293 section 3.8.4).
    if length > 1, sent == 0, side.bytes.isEmpty, sequence &+ 1 == base { base = sequence }
    // Distances beyond 2 GiB can't be told from steps back; such a segment only counts.
    let offset = Int64(Int32(bitPattern: sequence &- (base ?? 0)))
    let end = offset + Int64(length)
    outcome.isNew = end > sent
    outcome.isOutOfOrder = offset > sent
    sent = max(sent, end)
    side.total = Int(max(sent, 0))
    guard !isClosed, offset < Int64(FlowLimits.bytesPerSide), end > 0 else {
      if outcome.isNew { side.isIncomplete = true }
      return outcome
    }
    let place = Int(offset)
    if place > side.bytes.count {
      wait(payload, at: place, isCut: payload.count < length)
      return outcome
    }
    let before = side.bytes.count
    append(payload, at: place, isCut: payload.count < length, to: &side)
    outcome.range = before..<side.bytes.count
    outcome.grew = side.bytes.count > before
    // A late segment that fills a hole is new although higher ones were seen.
    if outcome.grew { outcome.isNew = true }
    if outcome.grew, !waiting.isEmpty { drain(into: &side) }
    return outcome
  }

  /// At the end of the flow, or when too much waits: whatever waits for a lost segment is as near to the start as this
  /// capture gets. Only where nothing else is known of the side.
  mutating func giveUpWaiting(into side: inout SideBytes) -> Bool {
    guard let first = waiting.min(by: { $0.offset < $1.offset }) else { return false }
    side.isIncomplete = true
    guard side.bytes.isEmpty, let start = base else {
      waiting = []
      return false
    }
    base = start &+ UInt32(truncatingIfNeeded: first.offset)
    sent -= Int64(first.offset)
    side.beginsAtStart = false
    waiting = waiting.map {
      Waiting(offset: $0.offset - first.offset, bytes: $0.bytes, isCut: $0.isCut)
    }
    drain(into: &side)
    return true
  }

  private mutating func append(
    _ payload: Span<UInt8>, at place: Int, isCut: Bool, to side: inout SideBytes
  ) {
    let known = side.bytes.count - place
    let room = FlowLimits.bytesPerSide - side.bytes.count
    if known < payload.count {
      let from = max(known, 0)
      let count = min(payload.count - from, room)
      side.append(payload, from..<from + count)
      if count < payload.count - from { close(&side) }
    }
    if isCut { close(&side) }
  }

  private mutating func close(_ side: inout SideBytes) {
    isClosed = true
    side.isIncomplete = true
    waiting = []
  }

  private mutating func wait(_ payload: Span<UInt8>, at place: Int, isCut: Bool) {
    guard waiting.count < FlowLimits.segmentsWaiting,
      !waiting.contains(where: { $0.offset == place && $0.bytes.count >= payload.count })
    else { return }
    var bytes: [UInt8] = []
    let count = min(payload.count, FlowLimits.bytesPerSide - place)
    bytes.reserveCapacity(count)
    for index in 0..<count { bytes.append(payload[index]) }
    waiting.append(Waiting(offset: place, bytes: bytes, isCut: isCut))
  }

  private mutating func drain(into side: inout SideBytes) {
    while let index = waiting.indices.filter({ waiting[$0].offset <= side.bytes.count }).min(by: {
      waiting[$0].offset < waiting[$1].offset
    }) {
      let next = waiting.remove(at: index)
      append(next.bytes.span, at: next.offset, isCut: next.isCut, to: &side)
    }
  }

  /// Bytes that wait for others before them.
  var waitingBytes: Int { waiting.isEmpty ? 0 : waiting.reduce(0) { $0 + $1.bytes.count } }

  /// Whether as much waits as is allowed to.
  var isFull: Bool { waiting.count >= FlowLimits.segmentsWaiting }
}
