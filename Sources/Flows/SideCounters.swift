/// What one side sent, counted.
public struct SideCounters: Hashable, Sendable {
  /// Captured packets, duplicates included.
  public var packets = 0
  /// Bytes of those packets on the wire, link layer included.
  public var bytes = 0
  /// Payload bytes on the wire, retransmissions included.
  public var payloadBytes = 0
  /// Packets that the snapshot length cut.
  public var cut = 0
  /// Packets whose checksum is wrong: their receiver discards them.
  public var wrongChecksums = 0
  /// Segments whose bytes had been seen before.
  public var retransmitted = 0
  /// Segments that came before one that they follow.
  public var outOfOrder = 0
  /// Every TCP flag that was seen, for scans and for the state.
  public var flags: UInt16 = 0
  /// SYN packets without ACK.
  public var syns = 0

  /// Nothing yet.
  public init() {}
}
