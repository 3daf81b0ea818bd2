/// What a compressed TCP packet says of its header (RFC 1144 section 3.2.2), and its data.
struct CompressedChange: Sendable {
  /// The bits of the change mask, the connection's bit left out.
  let mask: UInt8
  /// The TCP checksum, which is never compressed.
  let checksum: UInt16
  /// What was told of the urgent pointer, the window, the acknowledgement, the sequence number and the IP
  /// identification; nil where nothing was.
  var urgent: UInt16?
  var window: UInt16?
  var acknowledgement: UInt16?
  var sequence: UInt16?
  var identification: UInt16?
  /// The captured data.
  var data: [UInt8] = []
  /// Data on the wire.
  var dataLength = 0

  /// Whether the segment was pushed.
  var isPushed: Bool { mask & 0x10 != 0 }
  /// RFC 1144 section 3.2.3: a combination of bits that stands for an echo of typed characters.
  var isEcho: Bool { mask & 0x0f == 0x0b }
  /// The same: a one-way transfer, whose last segment's data is the change.
  var isTransfer: Bool { mask & 0x0f == 0x0f }

  /// Reads a packet behind its mask and its connection's number.
  init(mask: UInt8, _ extent: Extent) throws(Malformed) {
    var rest = extent
    self.mask = mask
    try rest.require(2, .ppp)
    checksum = rest.uint16(0)
    rest.advance(2)
    if mask & 0x0f != 0x0b, mask & 0x0f != 0x0f {
      if mask & 0x01 != 0 { urgent = try Self.number(&rest) }
      if mask & 0x02 != 0 { window = try Self.number(&rest) }
      if mask & 0x04 != 0 { acknowledgement = try Self.number(&rest) }
      if mask & 0x08 != 0 { sequence = try Self.number(&rest) }
    }
    if mask & 0x20 != 0 { identification = try Self.number(&rest) }
    data.reserveCapacity(rest.captured)
    for index in 0..<rest.captured { data.append(rest.uint8(index)) }
    dataLength = rest.length
  }

  /// One byte, or zero and two more.
  private static func number(_ rest: inout Extent) throws(Malformed) -> UInt16 {
    try rest.require(1, .ppp)
    let first = rest.uint8(0)
    guard first == 0 else {
      rest.advance(1)
      return UInt16(first)
    }
    try rest.require(3, .ppp)
    let value = rest.uint16(1)
    rest.advance(3)
    return value
  }
}
