import Flows
import Packets

/// Flows that several inputs hold, as pieces of one or as copies: each was counted as often, and `--join` counts it once.
public struct SplitFlows: Sendable {
  /// Pieces that are remembered; of more none is told.
  private static let most = 8_192
  /// What goes on in another input after such a silence, in seconds, is the same flow: no timeout of `FlowTable` is
  /// shorter.
  private static let longestSilence = 60.0

  /// A flow of one input, with whichever end first.
  private struct Piece {
    let ends: (low: Endpoint, high: Endpoint)
    let transport: Transport
    let file: [UInt8]
    let member: [UInt8]?
    let first: Timestamp
    let last: Timestamp
    let beginsStream: Bool

    /// Whether this piece, which does not begin earlier, goes on with another one or is a copy of it.
    func goesOn(with earlier: Piece) -> Bool {
      guard hasSameEnds(earlier), file != earlier.file || member != earlier.member else {
        return false
      }
      return first <= earlier.last
        || !beginsStream && first.seconds(since: earlier.last) <= SplitFlows.longestSilence
    }

    func hasSameEnds(_ other: Piece) -> Bool {
      ends == other.ends && transport == other.transport
    }

    static func comesBefore(_ one: Piece, _ other: Piece) -> Bool {
      if one.ends.low != other.ends.low { return one.ends.low < other.ends.low }
      if one.ends.high != other.ends.high { return one.ends.high < other.ends.high }
      if one.transport != other.transport { return one.transport == .tcp }
      return one.first < other.first
    }
  }

  private var pieces: [Piece] = []

  /// Nothing yet.
  init() {}

  /// How many flows were counted too often.
  public var count: Int {
    let sorted = pieces.sorted(by: Piece.comesBefore)
    var count = 0
    var begin = 0
    for (place, piece) in sorted.enumerated() {
      if !sorted[begin].hasSameEnds(piece) { begin = place }
      if sorted[begin..<place].suffix(Self.mostBefore).contains(where: piece.goesOn) { count += 1 }
    }
    return count
  }

  /// Pieces of the same ends that each is compared with.
  private static let mostBefore = 64

  /// Notes a flow that ended.
  mutating func note(_ record: FlowRecord) {
    guard pieces.count < Self.most, let file = record.origin.file else { return }
    let flow = record.flow
    pieces.append(
      Piece(
        ends: (min(flow.client, flow.server), max(flow.client, flow.server)),
        transport: flow.transport, file: file, member: record.origin.member, first: flow.first,
        last: flow.last, beginsStream: flow.transport == .tcp && flow.startSeen))
  }

  /// Adds what was noted elsewhere, behind what was noted here.
  mutating func add(_ other: SplitFlows) {
    pieces += other.pieces.prefix(Self.most - pieces.count)
  }
}
