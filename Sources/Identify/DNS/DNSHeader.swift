import Packets

/// The header of a message in DNS's format (RFC 1035 section 4.1.1).
struct DNSHeader {
  /// Bytes of a header.
  static let length = 12

  let identifier: UInt16
  let flags: UInt16
  /// Questions, answers, authorities and additional records.
  let counts: [Int]

  /// Reads a header; nil where the bytes end before it does.
  init?(_ reader: inout Reader) {
    guard let identifier = reader.uint16(), let flags = reader.uint16() else { return nil }
    self.identifier = identifier
    self.flags = flags
    var counts: [Int] = []
    for _ in 0..<4 {
      guard let count = reader.uint16() else { return nil }
      counts.append(Int(count))
    }
    self.counts = counts
  }

  /// All records but the questions.
  var records: Int { counts[1] + counts[2] + counts[3] }

  /// Whether a message of `length` bytes can have it: a question takes five bytes at least, a record eleven. A server that
  /// fails may send its header alone.
  func fits(_ length: Int) -> Bool {
    let isBareFailure = flags & 0x8000 != 0 && flags & 15 != 0 && length == Self.length
    return (counts[0] + records > 0 || isBareFailure)
      && Self.length + counts[0] * 5 + records * 11 <= length
      && [0, 1, 2, 4, 5, 6, 7, 8, 9, 15].contains(flags >> 11 & 15)
  }
}
