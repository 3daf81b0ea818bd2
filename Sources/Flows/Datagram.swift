/// A UDP datagram (or TCP segment) as a recogniser sees it.
public struct Datagram: Hashable, Sendable {
  /// The captured payload.
  public let bytes: [UInt8]
  /// Payload bytes on the wire; more than `bytes.count` when the capture cut it.
  public let length: Int
  /// Its place in the conversation.
  public let turn: Turn

  /// A datagram of these values.
  public init(bytes: [UInt8], length: Int, turn: Turn) {
    self.bytes = bytes
    self.length = length
    self.turn = turn
  }

  /// Whether every byte was captured.
  public var isWhole: Bool { bytes.count == length }
}
