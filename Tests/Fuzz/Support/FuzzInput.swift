/// Walks the bytes of one input; behind its end everything is zero and empty.
struct FuzzInput {
  private var left: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { left = bytes[...] }

  /// Whether nothing is left.
  var isAtEnd: Bool { left.isEmpty }

  /// One byte.
  mutating func byte() -> UInt8 { left.popFirst() ?? 0 }

  /// Two bytes, the upper one first.
  mutating func short() -> Int { Int(byte()) << 8 | Int(byte()) }

  /// Four bytes, the highest first.
  mutating func word() -> UInt32 { (0..<4).reduce(0) { value, _ in value << 8 | UInt32(byte()) } }

  /// So many bytes, or what is left.
  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { left = left.dropFirst(count) }
    return Array(left.prefix(count))
  }

  /// A piece with its length in two bytes in front.
  mutating func piece() -> [UInt8] { bytes(short()) }

  /// Everything that is left.
  mutating func rest() -> [UInt8] {
    defer { left = [] }
    return Array(left)
  }

  /// A piece as `piece()` reads it.
  static func piece(_ bytes: [UInt8]) -> [UInt8] {
    let bytes = bytes.prefix(0xffff)
    return [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
  }
}
