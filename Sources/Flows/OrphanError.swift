public import Packets

/// ICMP errors about a flow of which no packet was captured.
public struct OrphanError: Sendable {
  /// The first such error.
  public let error: ICMPError
  /// Time of the first.
  public let first: Timestamp
  /// Time of the last.
  public var last: Timestamp
  /// How many there were.
  public var count: Int
  /// Number of the first one's packet in its capture.
  public let packet: Int
  /// Ordinal among flows and orphans, from 1, by first packet.
  public let number: Int

  /// The first error about an unseen flow.
  public init(error: ICMPError, first: Timestamp, packet: Int, number: Int) {
    self.error = error
    self.first = first
    last = first
    count = 1
    self.packet = packet
    self.number = number
  }
}
