/// A TCP header without its ports, which are in the packet's endpoints (RFC 9293 section 3.1).
public struct TCPHeader: Hashable, Sendable {
  /// Sequence number of the first payload byte, or of the SYN.
  public let sequence: UInt32
  /// Acknowledgement number; meaningful only with the ACK flag.
  public let acknowledgement: UInt32
  /// Control bits.
  public let flags: TCPFlags
  /// Window as it stands in the header, unscaled.
  public let window: UInt16
  /// Urgent pointer.
  public let urgent: UInt16
  /// Checksum as it stands in the header.
  public let checksum: UInt16
  /// Options.
  public let options: TCPOptions

  /// A header of these values.
  public init(
    sequence: UInt32, acknowledgement: UInt32 = 0, flags: TCPFlags, window: UInt16 = 0,
    urgent: UInt16 = 0,
    checksum: UInt16 = 0, options: TCPOptions = TCPOptions()
  ) {
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.flags = flags
    self.window = window
    self.urgent = urgent
    self.checksum = checksum
    self.options = options
  }
}
