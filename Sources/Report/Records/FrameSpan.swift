public import Packets

/// From when to when frames were captured, of whichever port.
public struct FrameSpan: Hashable, Sendable {
  /// The earliest time.
  public private(set) var first: Timestamp
  /// The latest time.
  public private(set) var last: Timestamp

  /// A span between two moments, in whichever order.
  public init(_ one: Timestamp, _ other: Timestamp) {
    first = min(one, other)
    last = max(one, other)
  }

  /// The span that holds this one and another.
  public func with(_ other: FrameSpan?) -> FrameSpan {
    guard let other else { return self }
    return FrameSpan(min(first, other.first), max(last, other.last))
  }
}
