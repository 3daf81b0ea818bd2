import Packets

/// The Internet checksum over pseudo-header and segment (RFC 1071, RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1).
enum Checksum {
  /// What `tcpdump -v` says of a TCP checksum; nothing when the segment was cut.
  static func tcp(_ packet: Packet, _ record: PacketRecord, _ layout: FrameLayout) -> String {
    guard case .tcp(let header) = packet.header, let bytes = segment(packet, record, layout) else {
      return ""
    }
    let sum = sum(bytes, packet, protocolNumber: 6)
    if sum == 0 { return ", cksum \(hexadecimal(header.checksum)) (correct)" }
    return
      ", cksum \(hexadecimal(header.checksum)) (incorrect -> \(hexadecimal(should(sum, header.checksum))))"
  }

  /// What `tcpdump -v` says of a UDP checksum, before the rest.
  static func udp(
    _ packet: Packet, _ checksum: UInt16, _ record: PacketRecord, _ layout: FrameLayout
  ) -> String {
    guard let bytes = segment(packet, record, layout) else { return "" }
    if checksum == 0, packet.source.address.family == .ipv4 { return "[no cksum] " }
    let sum = sum(bytes, packet, protocolNumber: 17)
    if sum == 0 { return "[udp sum ok] " }
    return "[bad udp cksum \(hexadecimal(checksum)) -> \(hexadecimal(should(sum, checksum)))!] "
  }

  private static func segment(_ packet: Packet, _ record: PacketRecord, _ layout: FrameLayout)
    -> [UInt8]?
  {
    guard let transport = layout.transport, !packet.isCut,
      packet.payload.upperBound <= record.frame.count
    else {
      return nil
    }
    return Array(record.frame[transport.lowerBound..<packet.payload.upperBound])
  }

  /// The one's complement of the sum; 0 when the checksum inside is right.
  private static func sum(_ bytes: [UInt8], _ packet: Packet, protocolNumber: UInt32) -> UInt16 {
    var sum = UInt64(protocolNumber) + UInt64(bytes.count)
    for address in [packet.source.address, packet.destination.address] {
      for shift in stride(from: 0, to: 128, by: 16) {
        sum &+= UInt64(truncatingIfNeeded: address.bits >> UInt128(shift) & 0xffff)
      }
    }
    return self.sum(bytes, seed: sum)
  }

  /// The one's complement of the sum of 16-bit words and of what was summed before.
  static func sum(_ bytes: [UInt8], seed: UInt64) -> UInt16 {
    var sum = seed
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum &+= UInt64(bytes[index]) << 8 | UInt64(index + 1 < bytes.count ? bytes[index + 1] : 0)
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  /// The checksum that would have been right: the wrong one and the error in one's complement.
  static func should(_ error: UInt16, _ found: UInt16) -> UInt16 {
    let sum = UInt32(error) + UInt32(found)
    return UInt16(truncatingIfNeeded: sum >> 16 + sum & 0xffff)
  }

  private static func hexadecimal(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
