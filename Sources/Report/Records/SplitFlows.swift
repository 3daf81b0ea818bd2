import Flows
import Packets

/// Flows that several inputs hold, as pieces of one or as copies: each was counted as often, and `--join` counts it once.
public struct SplitFlows: Sendable {
  /// Flows that are remembered; of more none is told.
  private static let most = 8_192
  /// What goes on in another input after such a silence, in seconds, is the same flow: no timeout of `FlowTable` is
  /// shorter.
  private static let longestSilence = 60.0

  /// The ends of a flow, whichever was taken for the client.
  private struct Ends: Hashable {
    let low: Endpoint
    let high: Endpoint
    let transport: Transport

    init(_ flow: Flow) {
      low = min(flow.client, flow.server)
      high = max(flow.client, flow.server)
      transport = flow.transport
    }
  }

  private struct Piece {
    let input: Origin
    let first: Timestamp
    let last: Timestamp
    let beginsStream: Bool

    /// Whether both are of one flow.
    func belongs(with other: Piece) -> Bool {
      if input.file == other.input.file, input.member == other.input.member { return false }
      if first <= other.last, other.first <= last { return true }
      let later = first > other.last ? self : other
      let earlier = first > other.last ? other : self
      return !later.beginsStream && later.first.seconds(since: earlier.last) <= longestSilence
    }
  }

  private var pieces: [Ends: Piece] = [:]
  /// How many flows there are too many.
  public private(set) var count = 0

  /// Nothing yet.
  init() {}

  /// Notes a flow that ended.
  mutating func note(_ record: FlowRecord) {
    guard record.origin.file != nil else { return }
    let flow = record.flow
    note(
      Ends(flow),
      Piece(
        input: record.origin, first: flow.first, last: flow.last,
        beginsStream: flow.transport == .tcp && flow.startSeen))
  }

  /// Adds what was noted elsewhere.
  mutating func add(_ other: SplitFlows) {
    count += other.count
    for (ends, piece) in other.pieces { note(ends, piece) }
  }

  private mutating func note(_ ends: Ends, _ piece: Piece) {
    if let known = pieces[ends] {
      if known.belongs(with: piece) { count += 1 }
      if piece.last > known.last { pieces[ends] = piece }
    } else if pieces.count < Self.most {
      pieces[ends] = piece
    }
  }
}
