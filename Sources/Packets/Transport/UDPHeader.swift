/// A UDP header (RFC 768).
struct UDPHeader {
  /// Bytes of it.
  static let size = 8

  let source: UInt16
  let destination: UInt16
  /// Payload bytes on the wire.
  let payloadLength: Int
  let checksum: UInt16

  /// Reads and passes the header and ends the extent where the datagram ends; the ports must have been captured.
  ///
  /// A length of zero is a jumbogram's (RFC 2675) or segmentation offload's: all that IP carries. In the beginning of
  /// an unfinished datagram the field is the only one that knows the whole.
  init(_ extent: inout Extent, isUnfinished: Bool) throws(Malformed) {
    guard extent.length >= Self.size else {
      throw Malformed(.udp, .short, needed: Self.size, had: extent.length)
    }
    try extent.require(4, .udp)
    source = extent.uint16(0)
    destination = extent.uint16(2)
    let field = extent.captured >= 6 ? Int(extent.uint16(4)) : 0
    let length = field == 0 ? extent.length : field
    guard length >= Self.size else {
      throw Malformed(.udp, .length, needed: Self.size, had: length)
    }
    guard length <= extent.length || isUnfinished else {
      throw Malformed(.udp, .length, needed: length, had: extent.length)
    }
    checksum = extent.captured >= 8 ? extent.uint16(6) : 0
    payloadLength = length - Self.size
    extent.restrict(to: length)
    extent.advance(Self.size)
  }
}
