import Flows
import Packets

/// The header of an RTP packet (RFC 3550 section 5.1).
struct RTPPacket {
  let payloadType: UInt8
  let sequence: UInt16
  let timestamp: UInt32
  let source: UInt32
  /// Bytes behind the header.
  let payload: Int

  /// Reads a packet: version 2, a payload type that RTCP does not use, contributing sources,
  /// extension and padding that fit.
  init?(_ bytes: [UInt8], length: Int) {
    var reader = Reader(bytes.span)
    guard let first = reader.uint8(), first >> 6 == 2, let second = reader.uint8(),
      let sequence = reader.uint16(), let timestamp = reader.uint32(), let source = reader.uint32()
    else { return nil }
    payloadType = second & 0x7f
    // 72 to 76 would be RTCP's packet types; 35 to 71 and 77 to 95 are not assigned (RFC 3551
    // section 6).
    guard payloadType <= 34 || payloadType >= 96 else { return nil }
    var header = 12 + Int(first & 15) * 4
    guard header <= length else { return nil }
    if first & 0x10 != 0 {
      guard header + 4 <= length else { return nil }
      if reader.seek(to: header + 2), let words = reader.uint16() { header += 4 + Int(words) * 4 }
      guard header <= length else { return nil }
    }
    if first & 0x20 != 0, bytes.count == length, let padding = bytes.last {
      guard padding > 0, header + Int(padding) <= length else { return nil }
    }
    payload = length - header
    guard payload > 0 else { return nil }
    self.sequence = sequence
    self.timestamp = timestamp
    self.source = source
  }

  /// Whether another packet can follow this one in the same stream.
  func isFollowed(by next: RTPPacket) -> Bool {
    let step = next.sequence &- sequence
    let time = Int32(bitPattern: next.timestamp &- timestamp)
    // A few lost or out of order; at most a minute of a 90 kHz clock between two packets.
    return source == next.source && (1...64).contains(step) && (-900_000...5_400_000).contains(time)
  }
}
