/// The flags of a segment that opens a connection (RFC 9293, section 3.1): SYN alone; ECE and CWR beside it ask for
/// congestion notification (RFC 3168, section 6.1.1) and are not known.
enum TCPOpening {
  /// SYN.
  static let flags: UInt8 = 0x02
  /// FIN, SYN, RST, PSH, ACK, URG.
  static let known: UInt8 = 0x3F
}
