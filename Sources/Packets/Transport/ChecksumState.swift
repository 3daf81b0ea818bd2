/// What the checksum of a segment or datagram shows (RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1).
public enum ChecksumState: UInt8, Hashable, Sendable {
  /// Nothing: not all of it was captured, or it carries none.
  case unknown
  /// It is right.
  case right
  /// The interface was to fill it in (checksum offload): it is zero, or the sum of the pseudo-header alone.
  case unfilled
  /// It is wrong: the bytes are not those that were sent, and the receiver discards them.
  case wrong
}

extension ChecksumState {
  /// The state of the transport that lies in `extent`, whose checksum field is `field` bytes behind its beginning.
  init(_ extent: borrowing Extent, _ header: borrowing InternetHeader, at field: Int) {
    let length = extent.length
    let (next, family) = (header.next, header.facts.family)
    let captured = extent.captured
    // In front of other headers the pseudo-header may name another destination.
    guard captured == length, length >= field + 2, length <= 0xffff,
      next == InternetProtocol.tcp || next == InternetProtocol.udp
    else {
      self = .unknown
      return
    }
    let found = extent.uint16(field)
    if found == 0 {
      self =
        next == InternetProtocol.udp && family == .ipv4 ? .unknown : .unfilled
      return
    }
    var pseudo = UInt64(next)
    for address in [header.source.bits, header.destination.bits] {
      for shift in stride(from: 0, to: 128, by: 16) {
        pseudo &+= UInt64(truncatingIfNeeded: address >> UInt128(shift) & 0xffff)
      }
    }
    var sum = pseudo &+ UInt64(length)
    // What the kernel leaves there for an interface that goes on: with the length, or without it before segmentation.
    let unfilled = found == Self.folded(sum) || found == Self.folded(pseudo)
    var place = 0
    while place + 4 <= length {
      let four = extent.uint32(place)
      sum &+= UInt64(four >> 16) &+ UInt64(four & 0xffff)
      place += 4
    }
    while place < length {
      sum &+= UInt64(extent.uint8(place)) << 8
      if place + 1 < length { sum &+= UInt64(extent.uint8(place + 1)) }
      place += 2
    }
    self = Self.folded(sum) == 0xffff ? .right : unfilled ? .unfilled : .wrong
  }

  private static func folded(_ sum: UInt64) -> UInt16 {
    var sum = sum
    while sum > 0xffff { sum = sum >> 16 &+ sum & 0xffff }
    return UInt16(truncatingIfNeeded: sum)
  }
}
