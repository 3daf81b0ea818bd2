/// What a packet did to its flow.
public struct FlowChange: Sendable {
  /// The flow's place in the table, good until the flow ends.
  public let slot: Int
  /// Whether the packet began the flow.
  public let isNew: Bool
  /// Whether the first bytes of a side grew, so that recognition may say more.
  public let grew: Bool
  /// Whether the TCP state changed.
  public let stateChanged: Bool
  /// Whether the packet is a copy of one already counted.
  public let isDuplicate: Bool
}
