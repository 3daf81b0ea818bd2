public import Packets

/// One payload-carrying packet of a flow, in capture order: who spoke, when and how much.
///
/// Retransmitted bytes are not repeated. UDP: one datagram each.
public struct Turn: Hashable, Sendable {
  /// Who sent it.
  public let side: Side
  /// When it was captured.
  public let time: Timestamp
  /// Number of the packet in its capture, from 1.
  public let packet: Int
  /// Where its kept bytes lie in `SideBytes.bytes`; empty when they lie beyond what is kept.
  public let range: Range<Int>
  /// Payload bytes on the wire.
  public let length: Int

  /// A turn of these values.
  public init(side: Side, time: Timestamp, packet: Int, range: Range<Int>, length: Int) {
    self.side = side
    self.time = time
    self.packet = packet
    self.range = range
    self.length = length
  }

  /// Whether the whole payload is kept (not cut by the snapshot length or by a bound).
  public var isWhole: Bool { range.count == length }
}
