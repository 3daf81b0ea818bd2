import Packets
import Testing

/// Checksums that are right, wrong, cut off, or were left to the interface.
@Suite struct ChecksumTests {
  /// One's complement sum of 16-bit words.
  private static func sum(_ bytes: [UInt8], _ seed: Int = 0) -> Int {
    var sum = seed
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += Int(bytes[index]) << 8 + (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return sum
  }

  /// An IPv4 datagram of raw IP whose transport's checksum field is `field` bytes in and filled by `fill`, which is given
  /// the sum of the pseudo-header and the right checksum.
  private static func datagram(
    _ number: UInt8, _ transport: [UInt8], field: Int, _ fill: (Int, Int) -> Int
  ) -> [UInt8] {
    let addresses: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2]
    let pseudo = sum(addresses, Int(number) + transport.count)
    let right = ~sum(transport, pseudo) & 0xffff
    let found = fill(pseudo, right)
    var filled = transport
    filled[field] = UInt8(found >> 8)
    filled[field + 1] = UInt8(found & 0xff)
    let length = 20 + transport.count
    return [0x45, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 1, 0, 0, 64, number, 0, 0]
      + addresses + filled
  }

  private static let segment: [UInt8] =
    [0x9c, 0x40, 0x0e, 0x73, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x18, 1, 0, 0, 0, 0, 0]
    + Array("hello".utf8)
  private static let message: [UInt8] = [0x9c, 0x40, 0x0e, 0x73, 0, 13, 0, 0] + Array("hello".utf8)

  private func state(_ bytes: [UInt8], length: Int? = nil) throws -> ChecksumState? {
    switch try decode(bytes, length: length, link: .raw) {
    case .packet(let packet): packet.checksumState
    default: nil
    }
  }

  @Test(arguments: [6, 17] as [UInt8])
  func `Right, wrong and left to the interface are told apart`(_ number: UInt8) throws {
    let (transport, field) = number == 6 ? (Self.segment, 16) : (Self.message, 6)
    func made(_ fill: (Int, Int) -> Int) -> [UInt8] {
      Self.datagram(number, transport, field: field, fill)
    }
    #expect(try state(made { _, right in right }) == .right)
    #expect(try state(made { _, right in right ^ 1 }) == .wrong)
    #expect(try state(made { pseudo, _ in pseudo }) == .unfilled)
    #expect(try state(made { _, _ in 0 }) == (number == 6 ? .unfilled : .unknown))
    // Cut by the snapshot length.
    let whole = made { _, right in right }
    #expect(try state(Array(whole.dropLast(2)), length: whole.count) == .unknown)
  }
}
