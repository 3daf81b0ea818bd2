/// A value in BitTorrent's encoding (BEP 3), read with bounds on depth and size.
indirect enum Bencoding {
  case integer
  case bytes([UInt8])
  case list([Bencoding])
  case dictionary([[UInt8]: Bencoding])

  /// Nested values that are followed.
  static let deepest = 8
  /// Values that are read.
  static let most = 512

  /// Reads a value that fills all of `bytes`; nil when it doesn't.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var left = Self.most
    guard let value = Self.value(&rest, depth: 0, left: &left), rest.isEmpty else { return nil }
    self = value
  }

  /// A dictionary's value.
  subscript(key: String) -> Bencoding? {
    if case .dictionary(let values) = self { values[Array(key.utf8)] } else { nil }
  }

  /// The bytes of a string.
  var bytes: [UInt8]? {
    if case .bytes(let bytes) = self { bytes } else { nil }
  }

  private static func value(_ rest: inout ArraySlice<UInt8>, depth: Int, left: inout Int)
    -> Bencoding?
  {
    guard depth <= deepest, left > 0, let first = rest.first else { return nil }
    left -= 1
    switch first {
    case UInt8(ascii: "i"):
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard let count = digits(&rest, until: UInt8(ascii: "e")), count >= 0 else { return nil }
      return .integer
    case UInt8(ascii: "l"):
      rest.removeFirst()
      var values: [Bencoding] = []
      while rest.first != UInt8(ascii: "e") {
        guard let next = value(&rest, depth: depth + 1, left: &left) else { return nil }
        values.append(next)
      }
      rest.removeFirst()
      return .list(values)
    case UInt8(ascii: "d"):
      rest.removeFirst()
      var values: [[UInt8]: Bencoding] = [:]
      while rest.first != UInt8(ascii: "e") {
        guard let key = string(&rest), let next = value(&rest, depth: depth + 1, left: &left) else {
          return nil
        }
        values[key] = next
      }
      rest.removeFirst()
      return .dictionary(values)
    default: return string(&rest).map { .bytes($0) }
    }
  }

  private static func string(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard let count = digits(&rest, until: UInt8(ascii: ":")), count <= rest.count else {
      return nil
    }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A number and the byte that ends it; the number stops growing where no length could be that
  /// long.
  private static func digits(_ rest: inout ArraySlice<UInt8>, until end: UInt8) -> Int? {
    var number = 0
    var count = 0
    while let first = rest.first, (0x30...0x39).contains(first) {
      number = min(number * 10 + Int(first - 0x30), 1 << 30)
      count += 1
      rest.removeFirst()
    }
    guard count > 0, count <= 20, rest.first == end else { return nil }
    rest.removeFirst()
    return number
  }
}
