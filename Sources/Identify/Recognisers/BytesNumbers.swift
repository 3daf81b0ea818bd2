extension [UInt8] {
  /// The number of at most four bytes at `offset`, most significant first; nil when they are not all there.
  func bigEndian(at offset: Int, _ width: Int) -> Int? {
    guard offset >= 0, width <= 4, count - offset >= width else { return nil }
    return self[offset..<offset + width].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The number of at most four bytes at `offset`, least significant first; nil when they are not all there.
  func littleEndian(at offset: Int, _ width: Int) -> Int? {
    guard offset >= 0, width <= 4, count - offset >= width else { return nil }
    return self[offset..<offset + width].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The bytes from `offset` on, at most `most` of them; none when it lies outside.
  func slice(at offset: Int, _ most: Int) -> ArraySlice<UInt8> {
    guard offset >= 0, offset < count, most > 0 else { return [] }
    return self[offset..<(most < count - offset ? offset + most : count)]
  }
}
