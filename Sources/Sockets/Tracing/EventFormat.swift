/// Where the fields of a trace event stand, from its `format` file in tracefs (Documentation/trace/events.rst). The
/// layout is the kernel's own affair and differs between versions: nothing of it is assumed.
struct EventFormat: Hashable, Sendable {
  /// Bytes of an event.
  struct Field: Hashable, Sendable {
    /// From the event's first byte.
    var offset: Int
    /// Number of bytes.
    var size: Int
  }

  /// A field further than this is no field of an event, which is never longer than a page.
  private static let farthest: UInt64 = 65_536

  /// The number that begins each event of this kind (`common_type`).
  let identity: UInt16
  private let fields: [String: Field]

  /// Parses the file; nil without an `ID:` line.
  init?(_ text: [UInt8]) {
    var identity: UInt16?
    var fields: [String: Field] = [:]
    for line in text.split(separator: 0x0A) {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("ID:") {
        identity = UInt16(text.dropFirst(3).drop { $0 == " " })
      } else if let (name, field) = Self.field(text) {
        fields[name] = field
      }
    }
    guard let identity else { return nil }
    self.identity = identity
    self.fields = fields
  }

  /// The field of a name; nil when the kernel's event has none.
  subscript(_ name: String) -> Field? { fields[name] }

  /// A line in the form `field:__u8 saddr[4];	offset:32;	size:4;	signed:0;`, blanks anywhere.
  static func field(_ line: String) -> (name: String, field: Field)? {
    var declaration: Substring?
    var values: [Substring: UInt64] = [:]
    for part in line.split(separator: ";") {
      let part = part.drop { $0 == "\t" || $0 == " " }
      guard let colon = part.firstIndex(of: ":") else { continue }
      let value = part[part.index(after: colon)...].drop { $0 == " " }
      if part[..<colon] == "field" {
        declaration = value
      } else {
        values[part[..<colon]] = Decimal.parse(value.utf8)
      }
    }
    guard let word = declaration?.split(separator: " ").last,
      let offset = values["offset"], let size = values["size"],
      offset <= farthest, size > 0, size <= farthest
    else { return nil }
    let name = word.prefix { $0 != "[" }
    return (String(name), Field(offset: Int(offset), size: Int(size)))
  }
}
