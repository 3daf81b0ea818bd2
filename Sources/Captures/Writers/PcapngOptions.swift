/// The options of a block that is written (draft-ietf-opsawg-pcapng section 3.5), in this host's byte order.
struct PcapngOptions {
  /// Bytes of one option's value at most; the length field has 16 bits.
  static let longest = 8_192
  private var encoded: [UInt8] = []

  /// Adds an option; a longer value is cut.
  mutating func add(_ code: UInt16, _ value: [UInt8]) {
    let value = value.prefix(Self.longest)
    encoded += Self.bytes(code) + Self.bytes(UInt16(value.count)) + value
    encoded += [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
  }

  /// The options with their end mark; nothing when there are none.
  var finished: [UInt8] { encoded.isEmpty ? [] : encoded + [0, 0, 0, 0] }

  /// A number's bytes in this host's order.
  static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    var number = number
    return (0..<number.bitWidth / 8).reduce(into: [UInt8]()) { bytes, _ in
      bytes.append(UInt8(truncatingIfNeeded: number))
      if number.bitWidth > 8 { number >>= 8 }
    }.inHostOrder
  }
}

extension [UInt8] {
  /// Bytes given least significant first, in this host's order.
  fileprivate var inHostOrder: [UInt8] { UInt32(1).littleEndian == 1 ? self : reversed() }
}
