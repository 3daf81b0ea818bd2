import CLinux

/// Walks netlink attributes (struct nlattr: length with header, type, value, padding to 4 bytes). It ends at the
/// first that does not fit.
struct NetlinkAttributes: Sequence, IteratorProtocol {
  struct Element: Hashable {
    var type: UInt16
    var value: [UInt8]
  }

  private let bytes: [UInt8]
  private var offset: Int

  init(_ bytes: [UInt8], from offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func next() -> Element? {
    let headerLength = MemoryLayout<nlattr>.size
    guard let header = KernelBytes.load(nlattr.self, from: bytes, at: offset) else { return nil }
    let length = Int(header.nla_len)
    guard length >= headerLength, length <= bytes.count - offset else { return nil }
    let value = Array(bytes[(offset + headerLength)..<(offset + length)])
    offset += KernelBytes.aligned(length)
    // The two top bits are flags: nested, and network byte order.
    return Element(type: header.nla_type & 0x3FFF, value: value)
  }
}
