import Packets

extension Reader {
  /// Bytes behind a length of one byte.
  mutating func vector8() -> [UInt8]? {
    guard let count = peek(), remaining > Int(count) else { return nil }
    return skip(1) ? copy(Int(count)) : nil
  }

  /// Bytes behind a length of two bytes.
  mutating func vector16() -> [UInt8]? {
    guard let high = peek(), let low = peek(1) else { return nil }
    let count = Int(high) << 8 | Int(low)
    guard remaining >= count + 2 else { return nil }
    return skip(2) ? copy(count) : nil
  }
}
