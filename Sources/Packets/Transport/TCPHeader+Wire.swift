extension TCPHeader {
  /// Bytes without options.
  static let minimumSize = 20
  /// Bytes up to and including the flags: with fewer, a segment can't be told from any other.
  static let indispensable = 14

  /// Reads and passes the header (RFC 9293 section 3.1).
  ///
  /// Where the capture cut it behind the flags, what is missing reads as zero and the options end early.
  init(_ extent: inout Extent, size: Int) {
    let captured = min(size, extent.captured)
    let has16 = captured >= 16
    let has18 = captured >= 18
    let has20 = captured >= 20
    self.init(
      sequence: extent.uint32(4), acknowledgement: extent.uint32(8),
      flags: TCPFlags(rawValue: extent.uint16(12) & 0x1ff),
      window: has16 ? extent.uint16(14) : 0, urgent: has20 ? extent.uint16(18) : 0,
      checksum: has18 ? extent.uint16(16) : 0,
      options: TCPOptions(extent, from: 20, to: size))
    extent.advance(size)
  }
}
