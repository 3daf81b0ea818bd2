/// Elements of ASN.1's basic encoding rules (ITU-T X.690), one behind the other, never nested by
/// itself.
///
/// Only what the protocols here need: identifiers of one octet and definite lengths of at most four
/// octets.
struct BasicEncoding: Sequence, IteratorProtocol {
  /// One element.
  struct Element {
    /// The identifier octet: class, constructed bit and tag.
    let tag: UInt8
    /// The contents, or the part of them that is there.
    let content: ArraySlice<UInt8>
    /// Octets that the contents should have.
    let length: Int
    /// Octets of identifier and length.
    let header: Int

    /// Whether every octet of the contents is there.
    var isWhole: Bool { content.count == length }
    /// The elements inside.
    var elements: BasicEncoding { BasicEncoding(content) }

    /// The contents as a signed number; nil when empty, longer than eight octets or cut.
    var integer: Int64? {
      guard isWhole, let first = content.first, content.count <= 8 else { return nil }
      return content.reduce(first & 0x80 != 0 ? -1 : 0) { $0 << 8 | Int64($1) }
    }
  }

  /// The octets that are left.
  private(set) var rest: ArraySlice<UInt8>
  /// Whether an element was met that cannot be one; no further element follows.
  private(set) var isWrong = false

  /// The elements of these octets.
  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next element; nil at the end, where the header is cut, and where it is wrong.
  mutating func next() -> Element? {
    guard !isWrong, let tag = rest.first else { return nil }
    guard tag & 0x1f != 0x1f else {
      isWrong = true
      return nil
    }
    let body = rest.dropFirst()
    guard let first = body.first else { return nil }
    var length = Int(first)
    var header = 2
    if first & 0x80 != 0 {
      let count = Int(first & 0x7f)
      guard (1...4).contains(count) else {
        isWrong = true
        return nil
      }
      let octets = body.dropFirst().prefix(count)
      guard octets.count == count else { return nil }
      length = octets.reduce(0) { $0 << 8 | Int($1) }
      header += count
    }
    let content = rest.dropFirst(header).prefix(length)
    rest = rest.dropFirst(header + length)
    return Element(tag: tag, content: content, length: length, header: header)
  }

  /// The next element if it is there, has this tag, and is whole.
  mutating func next(_ tag: UInt8) -> Element? {
    guard let element = next(), element.tag == tag, element.isWhole else { return nil }
    return element
  }
}
