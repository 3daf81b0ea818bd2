import Packets

/// Builds frames from the inside out, lengths and checksums right; every function returns the bytes of its layer.
enum FrameBuilder {
  static let client = IPAddress(v4: 0xc000_0201)
  static let server = IPAddress(v4: 0xc633_6402)
  static let client6 = IPAddress(v6: 0x2001_0db8 << 96 | 1)
  static let server6 = IPAddress(v6: 0x2001_0db8 << 96 | 2)

  static func big16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  static func big32(_ value: Int) -> [UInt8] { big16(value >> 16) + big16(value) }

  static func bytes(of address: IPAddress) -> [UInt8] {
    let count = address.family == .ipv4 ? 4 : 16
    return (0..<count).map {
      UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * (count - 1 - $0)))
    }
  }

  /// The Internet checksum (RFC 1071).
  static func checksum(_ bytes: [UInt8]) -> Int {
    var sum = 0
    for (index, byte) in bytes.enumerated() {
      sum += Int(byte) << (index.isMultiple(of: 2) ? 8 : 0)
    }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    return ~sum & 0xffff
  }

  private static func transportChecksum(
    _ segment: [UInt8], _ number: Int, _ source: IPAddress, _ destination: IPAddress
  ) -> Int {
    checksum(
      bytes(of: source) + bytes(of: destination) + big32(segment.count) + big32(number) + segment)
  }

  static func tcp(
    _ source: Int = 40_000, _ destination: Int = 3699, options: [UInt8] = [],
    flags: Int = 0x18, payload: [UInt8] = Array("hello".utf8),
    from: IPAddress = client, to: IPAddress = server
  ) -> [UInt8] {
    let header =
      big16(source) + big16(destination) + big32(1000) + big32(2000)
      + big16((5 + options.count / 4) << 12 | flags) + big16(8192)
    let tail = big16(7) + options + payload
    let sum = transportChecksum(header + [0, 0] + tail, 6, from, to)
    return header + big16(sum) + tail
  }

  static func udp(
    _ source: Int = 40_000, _ destination: Int = 3699, payload: [UInt8] = Array("hello".utf8),
    from: IPAddress = client, to: IPAddress = server
  ) -> [UInt8] {
    let header = big16(source) + big16(destination) + big16(8 + payload.count)
    let sum = transportChecksum(header + [0, 0] + payload, 17, from, to)
    return header + big16(sum == 0 ? 0xffff : sum) + payload
  }

  static func ipv4(
    _ number: Int, _ payload: [UInt8], options: [UInt8] = [], identification: Int = 1,
    flags: Int = 0x4000, from: IPAddress = client, to: IPAddress = server
  ) -> [UInt8] {
    let size = 20 + options.count
    let head =
      [UInt8(0x40 + size / 4), 0] + big16(size + payload.count) + big16(identification)
      + big16(flags) + [64, UInt8(number)]
    let tail = bytes(of: from) + bytes(of: to) + options
    return head + big16(checksum(head + [0, 0] + tail)) + tail + payload
  }

  static func ipv6(
    _ next: Int, _ payload: [UInt8], from: IPAddress = client6, to: IPAddress = server6
  ) -> [UInt8] {
    [0x60, 0, 0, 0] + big16(payload.count) + [UInt8(next), 64] + bytes(of: from) + bytes(of: to)
      + payload
  }

  static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
    [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1] + big16(type) + payload
  }

  /// An IPv6 fragment header and its part.
  static func fragment6(
    _ next: Int, offset: Int, more: Bool, identification: Int = 9, _ part: [UInt8]
  ) -> [UInt8] {
    ipv6(
      44,
      [UInt8(next), 0] + big16(offset | (more ? 1 : 0)) + big32(identification) + part)
  }

  /// TCP to the port in an Ethernet frame.
  static var plain: [UInt8] { ethernet(0x0800, ipv4(6, tcp())) }
}
