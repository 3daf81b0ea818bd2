/// An IPv4 and a TCP header, options included, as RFC 1144 keeps them of a connection's last packet.
struct CompressedHeader: Sendable {
  private var bytes: [UInt8]
  private let networkLength: Int

  /// The headers in front of a datagram whose protocol field is put right; nil when they are not whole or none.
  init?(_ datagram: [UInt8]) {
    guard datagram.count >= 40, datagram[0] >> 4 == 4 else { return nil }
    let network = Int(datagram[0] & 0x0f) * 4
    guard network >= 20, datagram.count >= network + 20 else { return nil }
    let transport = Int(datagram[network + 12] >> 4) * 4
    guard transport >= 20, datagram.count >= network + transport else { return nil }
    bytes = Array(datagram[..<(network + transport)])
    networkLength = network
  }

  /// Whether the other one belongs to the opposite direction of the same or another connection: then both stay.
  func isReverse(of other: CompressedHeader) -> Bool {
    bytes[12..<16] == other.bytes[16..<20] && bytes[16..<20] == other.bytes[12..<16]
  }

  /// The header of the next packet; nil when the change makes no sense.
  func applying(_ change: CompressedChange) -> CompressedHeader? {
    var next = self
    let tcp = networkLength
    // The data of the packet before, which two of the masks count in.
    let before = UInt32(truncatingIfNeeded: Int(number(2)) - bytes.count)
    if change.isEcho || change.isTransfer {
      next.add(before, at: tcp + 4)
      if change.isEcho { next.add(before, at: tcp + 8) }
    } else {
      if let urgent = change.urgent {
        next.bytes[tcp + 13] |= 0x20
        next.put(urgent, at: tcp + 18)
      } else {
        next.bytes[tcp + 13] &= ~0x20
      }
      if let window = change.window { next.put(number(tcp + 14) &+ window, at: tcp + 14) }
      if let acknowledgement = change.acknowledgement {
        next.add(UInt32(acknowledgement), at: tcp + 8)
      }
      if let sequence = change.sequence { next.add(UInt32(sequence), at: tcp + 4) }
    }
    next.put(number(4) &+ (change.identification ?? 1), at: 4)
    next.bytes[tcp + 13] = next.bytes[tcp + 13] & ~0x08 | (change.isPushed ? 0x08 : 0)
    next.put(change.checksum, at: tcp + 16)
    guard let length = UInt16(exactly: bytes.count + change.dataLength) else { return nil }
    next.put(length, at: 2)
    next.put(0, at: 10)
    next.put(~Self.sum(next.bytes[..<networkLength], 0), at: 10)
    return next
  }

  /// The whole datagram.
  func datagram(_ change: CompressedChange) -> [UInt8] { bytes + change.data }

  /// Whether the TCP checksum of a whole datagram is right (RFC 9293 section 3.1).
  static func isSound(_ datagram: [UInt8]) -> Bool {
    guard datagram.count >= 40 else { return false }
    let network = Int(datagram[0] & 0x0f) * 4
    guard network >= 20, network <= datagram.count else { return false }
    let addresses = sum(datagram[12..<20], 6 + UInt32(datagram.count - network))
    return sum(datagram[network...], UInt32(addresses)) == 0xffff
  }

  /// The sum of RFC 1071, not inverted.
  private static func sum(_ bytes: ArraySlice<UInt8>, _ start: UInt32) -> UInt16 {
    var sum = start
    var isHigh = true
    for byte in bytes {
      sum &+= isHigh ? UInt32(byte) << 8 : UInt32(byte)
      isHigh.toggle()
      sum = sum & 0xffff &+ sum >> 16
    }
    while sum > 0xffff { sum = sum & 0xffff &+ sum >> 16 }
    return UInt16(truncatingIfNeeded: sum)
  }

  private func number(_ place: Int) -> UInt16 {
    UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
  }

  private mutating func put(_ value: UInt16, at place: Int) {
    bytes[place] = UInt8(truncatingIfNeeded: value >> 8)
    bytes[place + 1] = UInt8(truncatingIfNeeded: value)
  }

  private mutating func add(_ value: UInt32, at place: Int) {
    let sum = (UInt32(number(place)) << 16 | UInt32(number(place + 2))) &+ value
    put(UInt16(truncatingIfNeeded: sum >> 16), at: place)
    put(UInt16(truncatingIfNeeded: sum), at: place + 2)
  }
}
