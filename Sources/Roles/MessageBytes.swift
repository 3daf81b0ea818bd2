/// What a message is made of: numbers most significant byte first, texts behind their length.
struct MessageBytes {
  private(set) var bytes: [UInt8] = []

  mutating func put<Number: FixedWidthInteger>(_ value: Number) {
    for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> Number(shift)))
    }
  }

  /// A text of raw bytes, cut behind `most`.
  mutating func put(_ text: [UInt8], most: Int) {
    put(UInt16(clamping: min(text.count, most)))
    bytes += text.prefix(min(most, Int(UInt16.max)))
  }

  /// A text that may be absent.
  mutating func put(_ text: [UInt8]?, most: Int) {
    put(UInt8(text == nil ? 0 : 1))
    if let text { put(text, most: most) }
  }

  /// Bytes of a fixed number, zeros behind what is shorter.
  mutating func put(_ value: [UInt8], filledTo count: Int) {
    bytes += value.prefix(count)
    bytes += [UInt8](repeating: 0, count: max(0, count - value.count))
  }
}
