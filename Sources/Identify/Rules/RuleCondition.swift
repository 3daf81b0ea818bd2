public import Flows

/// One condition of a rule on what one side said first.
public struct RuleCondition: Hashable, Sendable {
  /// What is asked.
  public enum Demand: Hashable, Sendable {
    /// Bytes at an offset, of each only the bits of the mask.
    case at(offset: Int, bytes: [UInt8], mask: [UInt8])
    /// Bytes that stand anywhere in so many first bytes.
    case within(count: Int, bytes: [UInt8])
    /// How many bytes the side's first packet carries.
    case length(ClosedRange<Int>)
  }

  /// Whose bytes.
  public let side: Side
  /// What is asked of them.
  public let demand: Demand

  /// Steps that one look may take.
  var cost: Int {
    switch demand {
    case .at(_, let bytes, _): bytes.count
    case .within(let count, _): count
    case .length: 1
    }
  }

  /// Bits that have to be as they are.
  var bits: Int {
    switch demand {
    case .at(_, _, let mask): mask.reduce(0) { $0 + $1.nonzeroBitCount }
    case .within(_, let bytes): bytes.count * 8
    case .length: 0
    }
  }

  /// Where the condition holds; nil when it does not.
  func place(in conversation: Conversation) -> Range<Int>? {
    let said = conversation[side]
    switch demand {
    case .at(let offset, let bytes, let mask):
      guard said.beginsAtStart, said.bytes.count >= offset + bytes.count else { return nil }
      for index in bytes.indices
      where (said.bytes[offset + index] ^ bytes[index]) & mask[index] != 0 {
        return nil
      }
      return offset..<offset + bytes.count
    case .within(let count, let bytes):
      guard said.beginsAtStart, let first = bytes.first else { return nil }
      let end = min(count, said.bytes.count) - bytes.count
      guard end >= 0 else { return nil }
      let start = (0...end).first {
        said.bytes[$0] == first && said.bytes[$0...].starts(with: bytes)
      }
      return start.map { $0..<$0 + bytes.count }
    case .length(let range):
      guard let turn = conversation.turns.first(where: { $0.side == side && $0.length > 0 }),
        range.contains(turn.length)
      else { return nil }
      return turn.range
    }
  }
}
