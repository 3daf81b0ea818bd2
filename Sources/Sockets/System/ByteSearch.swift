import CLinux

/// Finds bytes in longer texts.
enum ByteSearch {
  /// Where `part` begins in `text` at or behind `start`; nil when it does not occur. The corresponding C function is
  /// `memmem`.
  static func find(_ part: [UInt8], in text: [UInt8], from start: Int = 0) -> Int? {
    guard start >= 0, start < text.count, !part.isEmpty else { return nil }
    let found = unsafe text.withUnsafeBufferPointer { text in
      unsafe part.withUnsafeBufferPointer { part in
        unsafe linux_find(text.baseAddress, text.count, start, part.baseAddress, part.count)
      }
    }
    return found < 0 ? nil : found
  }

  /// Whether `line` is a whole line of `text`.
  static func hasLine(_ line: [UInt8], in text: [UInt8]) -> Bool {
    guard !line.isEmpty, !line.contains(0x0A) else { return false }
    var offset = 0
    while let start = find(line, in: text, from: offset) {
      let end = start + line.count
      if start == 0 || text[start - 1] == 0x0A, end == text.count || text[end] == 0x0A {
        return true
      }
      offset = start + 1
    }
    return false
  }
}
