/// Packets that a test builds from the inside out.
enum FrameBytes {
  static let port: UInt16 = 3699

  static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }

  /// The first bytes of TCP or UDP.
  static func ports(_ source: UInt16, _ destination: UInt16) -> [UInt8] {
    number(source) + number(destination) + [0, 12, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0]
  }

  static func ipv4(_ next: UInt8, options: Int = 0, fragment: UInt16 = 0, _ payload: [UInt8])
    -> [UInt8]
  {
    let length = UInt16(20 + options + payload.count)
    return [0x45 + UInt8(options / 4), 0] + number(length) + [0, 1] + number(fragment)
      + [64, next, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2] + [UInt8](repeating: 1, count: options)
      + payload
  }

  static func ipv6(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0x60, 0, 0, 0] + number(UInt16(payload.count)) + [next, 64]
      + [UInt8](repeating: 0x20, count: 32) + payload
  }

  /// An extension header of eight bytes, or sixteen.
  static func extended(_ next: UInt8, _ payload: [UInt8], units: UInt8 = 0) -> [UInt8] {
    [next, units] + [UInt8](repeating: 0, count: 6 + 8 * Int(units)) + payload
  }

  static func fragment(_ next: UInt8, offset: UInt16, _ payload: [UInt8]) -> [UInt8] {
    [next, 0] + number(offset << 3) + [0, 0, 0, 9] + payload
  }

  /// An authentication header of 24 bytes (RFC 4302).
  static func authentication(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [next, 4] + [UInt8](repeating: 7, count: 22) + payload
  }

  static func message(_ type: UInt8, _ quoted: [UInt8]) -> [UInt8] {
    [type, 0, 0, 0, 0, 0, 0, 0] + quoted
  }

  static func labels(_ count: Int, _ payload: [UInt8]) -> [UInt8] {
    (1...count).flatMap { [0, 1, $0 == count ? 0x11 : 0x10, 64] as [UInt8] } + payload
  }

  static func ethernet(_ type: UInt16, tags: [UInt16] = [], first: UInt8 = 2, _ payload: [UInt8])
    -> [UInt8]
  {
    [first, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2] + behind(type, tags, payload)
  }

  /// Tags, the type and the payload.
  static func behind(_ type: UInt16, _ tags: [UInt16], _ payload: [UInt8]) -> [UInt8] {
    tags.flatMap { number($0) + [0, 5] } + number(type) + payload
  }

  static func pppoe(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    [0x11, 0, 0, 1] + number(UInt16(payload.count + 2)) + number(type) + payload
  }

  static func cooked(_ type: UInt16, tags: [UInt16] = [], _ payload: [UInt8]) -> [UInt8] {
    [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + behind(type, tags, payload)
  }

  /// The second version, whose type stands first.
  static func cooked2(_ type: UInt16, tags: [UInt16] = [], _ payload: [UInt8]) -> [UInt8] {
    let first = tags.first ?? type
    let rest = tags.isEmpty ? [] : [0, 5] + behind(type, Array(tags.dropFirst()), [])
    return number(first) + [0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + rest + payload
  }

  static func snap(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    [0xaa, 0xaa, 3, 0, 0, 0] + number(type) + payload
  }
}
