import Packets

/// A domain name (RFC 1035 section 4.1.4): labels, perhaps ended by a pointer backwards.
struct DNSName: Hashable {
  /// The labels, first to last.
  let labels: [[UInt8]]

  /// Reads a name and passes it; nil when a label or a pointer is impossible.
  ///
  /// Pointers must point in front of themselves, so following them ends.
  init?(_ reader: inout Reader) {
    var labels: [[UInt8]] = []
    var after: Int?
    var size = 0
    while true {
      let position = reader.offset
      guard let count = reader.uint8() else { return nil }
      if count == 0 { break }
      if count & 0xc0 == 0xc0 {
        guard let low = reader.uint8() else { return nil }
        let target = Int(count & 0x3f) << 8 | Int(low)
        guard target < position, target >= 12 else { return nil }
        after = after ?? reader.offset
        guard reader.seek(to: target) else { return nil }
        size += 1
      } else {
        guard count & 0xc0 == 0, let label = reader.copy(Int(count)) else { return nil }
        labels.append(label)
        size += label.count + 1
      }
      guard size <= 255 else { return nil }
    }
    if let after { guard reader.seek(to: after) else { return nil } }
    self.labels = labels
  }

  /// Whether the first label is a NetBIOS name in the encoding of RFC 1001 section 14.1: 32 letters
  /// from A to P.
  var isNetBIOS: Bool {
    guard let first = labels.first, first.count == 32 else { return false }
    return first.allSatisfy { (0x41...0x50).contains($0) }
  }

  /// The NetBIOS name that it encodes, without padding and suffix.
  var netBIOSName: [UInt8] {
    guard isNetBIOS, let first = labels.first else { return [] }
    var name: [UInt8] = []
    for index in stride(from: 0, to: 30, by: 2) {
      name.append((first[index] &- 0x41) << 4 | (first[index + 1] &- 0x41))
    }
    return Array(name.prefix { $0 != 0 && $0 != 0x20 })
  }

  /// The last label in lower case.
  var last: String { String(decoding: labels.last ?? [], as: UTF8.self).lowercased() }

  /// The name with dots.
  var text: String {
    labels.isEmpty ? "." : labels.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
  }
}
