/// The head of a message in HTTP's form: a start line and header fields (RFC 9112 section 2.1), as HTTP, SSDP, RTSP and
/// ICAP share it.
struct HTTPHead {
  /// A header field.
  struct HeaderField {
    /// Its name in lower case.
    let name: String
    /// Its value without the blanks around it.
    let value: ArraySlice<UInt8>
  }

  /// The first line without its end.
  let startLine: ArraySlice<UInt8>
  /// Where the first line begins.
  let offset: Int
  /// The fields up to the head's end, the bytes' end or the first line that is no field.
  let fields: [HeaderField]
  /// Whether the empty line that ends a head was there.
  let isWhole: Bool
  /// Whether every line that was whole was a field.
  let isSound: Bool
  /// The offset behind the last whole line.
  let end: Int

  /// Fields of a head that are kept.
  static let mostFields = 100

  /// A head at `offset`; nil when its first line is not whole.
  init?(_ bytes: [UInt8], at offset: Int = 0) {
    guard offset < bytes.count else { return nil }
    var position = offset
    guard let first = Self.line(bytes, at: &position) else { return nil }
    var fields: [HeaderField] = []
    var isWhole = false
    var isSound = true
    var end = position
    while fields.count < Self.mostFields, let line = Self.line(bytes, at: &position) {
      if line.isEmpty {
        isWhole = true
        end = position
        break
      }
      if let first = line.first, first == 0x20 || first == 9, !fields.isEmpty {
        end = position
        continue
      }
      guard let colon = line.firstIndex(of: 0x3a), line[..<colon].withoutBlanks.isToken,
        line[colon...].isText
      else {
        isSound = false
        break
      }
      fields.append(
        HeaderField(
          name: line[..<colon].withoutBlanks.asLowercaseText,
          value: line[(colon + 1)...].withoutBlanks))
      end = position
    }
    startLine = first
    self.offset = offset
    self.fields = fields
    self.isWhole = isWhole
    self.isSound = isSound
    self.end = end
  }

  /// The first value of a field; `name` in lower case.
  subscript(name: String) -> ArraySlice<UInt8>? { fields.first { $0.name == name }?.value }

  /// Whether a field's values hold `element` as a member of their comma-separated lists.
  func lists(_ element: String, in name: String) -> Bool {
    fields.contains { field in
      field.name == name
        && field.value.split(separator: 0x2c).contains {
          $0.withoutBlanks.asLowercaseText == element
        }
    }
  }

  private static func line(_ bytes: [UInt8], at position: inout Int) -> ArraySlice<UInt8>? {
    let start = position
    guard start < bytes.count, let feed = bytes[start...].firstIndex(of: 10) else { return nil }
    position = feed + 1
    return bytes[start..<(feed > start && bytes[feed - 1] == 13 ? feed - 1 : feed)]
  }
}
