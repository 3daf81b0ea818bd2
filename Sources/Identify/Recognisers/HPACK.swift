/// Reads HTTP/2's compressed header fields (RFC 7541), as many as stand in the blocks that it is given.
struct HPACK {
  /// A header field.
  struct HeaderField: Hashable {
    var name: String
    var value: String
  }

  private var dynamic: [HeaderField] = []

  /// Fields that are read from one block.
  private static let mostFields = 64
  /// Entries of the dynamic table that are kept; 4,096 bytes of table hold at most 128.
  private static let mostEntries = 128

  /// The fields of a block; those in front of a cut or an error where it has one.
  mutating func fields(of block: ArraySlice<UInt8>) -> [HeaderField] {
    var fields: [HeaderField] = []
    var rest = block
    while fields.count < Self.mostFields, let first = rest.first {
      if first & 0x80 != 0 {
        guard let index = Self.integer(&rest, prefix: 7), let field = entry(index) else { break }
        fields.append(field)
      } else if first & 0xe0 == 0x20 {
        guard Self.integer(&rest, prefix: 5) != nil else { break }
      } else {
        let isIndexed = first & 0x40 != 0
        guard let index = Self.integer(&rest, prefix: isIndexed ? 6 : 4) else { break }
        let known = index == 0 ? nil : entry(index)
        guard index == 0 || known != nil, let name = known?.name ?? Self.text(&rest),
          let value = Self.text(&rest)
        else { break }
        let field = HeaderField(name: name, value: value)
        fields.append(field)
        if isIndexed {
          dynamic.insert(field, at: 0)
          if dynamic.count > Self.mostEntries { dynamic.removeLast() }
        }
      }
    }
    return fields
  }

  private func entry(_ index: Int) -> HeaderField? {
    guard index > 0 else { return nil }
    if index <= Self.table.count { return Self.table[index - 1] }
    let place = index - Self.table.count - 1
    return place < dynamic.count ? dynamic[place] : nil
  }

  /// An integer with a prefix of so many bits (RFC 7541 section 5.1).
  static func integer(_ rest: inout ArraySlice<UInt8>, prefix: Int) -> Int? {
    guard let first = rest.popFirst() else { return nil }
    let most = (1 << prefix) - 1
    var value = Int(first) & most
    guard value == most else { return value }
    var shift = 0
    while shift <= 21, let byte = rest.popFirst() {
      value += Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    return nil
  }

  /// A string literal (RFC 7541 section 5.2).
  static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let first = rest.first, let length = integer(&rest, prefix: 7), length <= rest.count
    else {
      return nil
    }
    let bytes = rest.prefix(length)
    rest = rest.dropFirst(length)
    guard first & 0x80 != 0 else { return bytes.asText }
    return HPACKHuffman.decode(bytes)?.asText
  }

  /// The static table (RFC 7541 appendix A).
  static let table: [HeaderField] = [
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"),
    (":path", "/index.html"), (":scheme", "http"), (":scheme", "https"), (":status", "200"),
    (":status", "204"), (":status", "206"), (":status", "304"), (":status", "400"),
    (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""),
    ("accept", ""), ("access-control-allow-origin", ""), ("age", ""), ("allow", ""),
    ("authorization", ""), ("cache-control", ""), ("content-disposition", ""),
    ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
    ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""),
    ("date", ""), ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""),
    ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
    ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""),
    ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
    ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
    ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""),
    ("vary", ""), ("via", ""), ("www-authenticate", ""),
  ].map { HeaderField(name: $0.0, value: $0.1) }
}
