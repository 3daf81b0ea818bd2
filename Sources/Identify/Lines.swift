/// Bytes split into lines that end in LF or CR LF, for protocols that speak in lines.
struct Lines: Sequence, IteratorProtocol {
  /// One line without its end.
  struct Line {
    /// The bytes in front of the line's end.
    let bytes: ArraySlice<UInt8>
    /// Where it starts.
    let offset: Int
    /// Whether its end was there.
    let isWhole: Bool

    /// Whether it holds only printable ASCII, tabs and bytes above 127.
    var isText: Bool { bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 9 } }
  }

  private let bytes: [UInt8]
  private var offset = 0
  private var left: Int

  /// The first `most` lines of `bytes`.
  init(_ bytes: [UInt8], most: Int = .max) {
    self.bytes = bytes
    left = most
  }

  mutating func next() -> Line? {
    guard left > 0, offset < bytes.count else { return nil }
    left -= 1
    let start = offset
    guard let end = bytes[start...].firstIndex(of: 10) else {
      offset = bytes.count
      return Line(bytes: bytes[start...], offset: start, isWhole: false)
    }
    offset = end + 1
    let carriage = end > start && bytes[end - 1] == 13
    return Line(bytes: bytes[start..<(carriage ? end - 1 : end)], offset: start, isWhole: true)
  }
}
