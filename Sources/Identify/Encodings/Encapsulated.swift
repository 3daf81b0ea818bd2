import Packets

/// Checks on packets that a tunnel carries: enough to know that they are ones.
enum Encapsulated {
  /// Whether an IP packet begins at `start` and its length fits into `end`, the datagram's length.
  /// With `isPadded` bytes may follow it.
  static func isInternet(_ bytes: [UInt8], at start: Int, end: Int, isPadded: Bool = false) -> Bool
  {
    var reader = Reader(bytes.span)
    guard reader.seek(to: start), let first = reader.uint8(), reader.skip(1),
      let length = reader.uint16()
    else {
      return false
    }
    let space = end - start
    if first >> 4 == 4 {
      let header = Int(first & 15) * 4
      let rest = space - Int(length)
      guard header >= 20, Int(length) >= header, isPadded ? (0..<64).contains(rest) : rest == 0
      else { return false }
      guard reader.seek(to: start), let words = reader.copy(min(header, reader.remaining)) else {
        return false
      }
      // A header in full has a checksum that fits.
      return words.count < header || checksum(words) == 0xffff || words[10] == 0 && words[11] == 0
    }
    guard first >> 4 == 6, let payload = reader.uint16(), let next = reader.peek(),
      headers.contains(next)
    else { return false }
    let rest = space - 40 - Int(payload)
    // "No next header" may have bytes behind it (RFC 8200 section 4.7).
    let isLoose = isPadded || payload == 0 && next == 59
    return isLoose ? (0..<64).contains(rest) : rest == 0
  }

  /// Extension headers and protocols that follow an IPv6 header (IANA's registry "Protocol
  /// Numbers").
  private static let headers: Set<UInt8> = [
    0, 4, 6, 17, 33, 41, 43, 44, 46, 47, 50, 51, 58, 59, 60, 88, 89, 103, 112, 115, 132, 135, 136,
  ]

  /// Whether an Ethernet frame begins at `start`: IP or ARP behind its addresses, perhaps behind
  /// VLAN tags.
  static func isEthernet(_ bytes: [UInt8], at start: Int, end: Int) -> Bool {
    var reader = Reader(bytes.span)
    // A source is never a group.
    guard reader.seek(to: start + 6), let source = reader.uint8(), source & 1 == 0, reader.skip(5)
    else { return false }
    for _ in 0..<3 {
      guard let type = reader.uint16() else { return false }
      switch type {
      case 0x0800, 0x86dd: return isInternet(bytes, at: reader.offset, end: end, isPadded: true)
      case 0x0806: return reader.uint32() == 0x0001_0800 && reader.uint16() == 0x0604
      case 0x8100, 0x88a8:
        guard reader.skip(2) else { return false }
      default: return false
      }
    }
    return false
  }

  /// The Internet checksum's sum (RFC 1071), 0xffff where it is right.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      sum &+= index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte)
    }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return sum
  }
}
