import Packets

/// The parser's question for the name of an address, in a fixed size.
struct NameQuestion: Hashable {
  static let size = 32

  /// Which question it is.
  let number: UInt64
  /// 4 or 16 bytes.
  let address: [UInt8]

  init(number: UInt64, address: [UInt8]) {
    self.number = number
    self.address = address
  }

  /// The question of these bytes; nil when they are none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    var reader = Reader(bytes.span)
    guard let number = reader.uint64(), let length = reader.uint64(), length == 4 || length == 16,
      let address = reader.copy(Int(length))
    else { return nil }
    self.init(number: number, address: address)
    guard self.bytes == bytes else { return nil }
  }

  /// The question as it is sent.
  var bytes: [UInt8] {
    var out = MessageBytes()
    out.put(number)
    out.put(UInt64(address.count))
    out.put(address, filledTo: 16)
    return out.bytes
  }
}
