/// The control bits of a TCP segment (RFC 9293 section 3.1; AE of RFC 9768 in the ninth bit).
public struct TCPFlags: OptionSet, Hashable, Sendable {
  /// Bit 0 is FIN, bit 8 AE.
  public let rawValue: UInt16
  /// The bits as they stand in the header.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No more data from the sender.
  public static let fin = TCPFlags(rawValue: 1 << 0)
  /// Synchronise sequence numbers.
  public static let syn = TCPFlags(rawValue: 1 << 1)
  /// Reset the connection.
  public static let rst = TCPFlags(rawValue: 1 << 2)
  /// Push.
  public static let psh = TCPFlags(rawValue: 1 << 3)
  /// The acknowledgement field is valid.
  public static let ack = TCPFlags(rawValue: 1 << 4)
  /// The urgent pointer is valid.
  public static let urg = TCPFlags(rawValue: 1 << 5)
  /// ECN echo (RFC 3168).
  public static let ece = TCPFlags(rawValue: 1 << 6)
  /// Congestion window reduced (RFC 3168).
  public static let cwr = TCPFlags(rawValue: 1 << 7)
  /// Accurate ECN (RFC 9768).
  public static let ae = TCPFlags(rawValue: 1 << 8)
}
