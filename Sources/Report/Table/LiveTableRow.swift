/// A flow in the table of a live capture.
public struct LiveTableRow: Sendable {
  /// The flow with its verdict and owners as of now.
  public var record: FlowRecord
  /// Packets in the last second.
  public var packetsPerSecond: Int
  /// Bytes in the last second, link layer included.
  public var bytesPerSecond: Int
  /// Whether nothing more is to come of it.
  public var isOver: Bool

  /// A row of these values.
  public init(record: FlowRecord, packetsPerSecond: Int, bytesPerSecond: Int, isOver: Bool) {
    self.record = record
    self.packetsPerSecond = packetsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.isOver = isOver
  }
}
