/// The options of a block that is written (draft-ietf-opsawg-pcapng section 3.5), in this host's
/// byte order or, where a format demands it, least significant byte first.
struct PcapngOptions {
  /// Bytes of one option's value at most; the length field has 16 bits.
  static let longest = 8_192
  private var encoded: [UInt8] = []
  private let isLittleEndian: Bool

  /// No options yet.
  init(littleEndian: Bool = false) { isLittleEndian = littleEndian }

  /// Adds a text; a longer one is cut between two characters.
  mutating func add(_ code: UInt16, _ text: String) {
    var bytes = Array(text.utf8.prefix(Self.longest + 1))
    if bytes.count > Self.longest {
      // The byte behind the cut may continue a character, which then goes as a whole.
      while let last = bytes.popLast(), last & 0xc0 == 0x80 {}
    }
    add(code, bytes)
  }

  /// Adds a number.
  mutating func add(_ code: UInt16, number: some FixedWidthInteger) {
    add(code, isLittleEndian ? Self.bytes(number.littleEndian) : Self.bytes(number))
  }

  /// Adds an option; a longer value is cut.
  mutating func add(_ code: UInt16, _ value: [UInt8]) {
    let value = value.prefix(Self.longest)
    let (code, count) = (code, UInt16(value.count))
    encoded += Self.bytes(isLittleEndian ? code.littleEndian : code)
    encoded += Self.bytes(isLittleEndian ? count.littleEndian : count)
    encoded += value
    encoded += [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
  }

  /// The options with their end mark; nothing when there are none.
  var finished: [UInt8] { encoded.isEmpty ? [] : encoded + [0, 0, 0, 0] }

  /// A number's bytes in this host's order.
  static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe [UInt8]($0) }
  }
}
