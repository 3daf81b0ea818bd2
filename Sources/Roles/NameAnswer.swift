import Packets

/// The runner's answer to a question for a name.
struct NameAnswer: Hashable {
  /// The longest name, as text (NI_MAXHOST).
  static let longest = 1_025

  /// Which question it answers.
  let number: UInt64
  /// The name, raw; nil when there is none.
  let name: [UInt8]?

  init(number: UInt64, name: [UInt8]?) {
    self.number = number
    self.name = name
  }

  /// The answer of these bytes; nil when they are none.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes.span)
    guard let number = reader.uint64(), let name = reader.optionalText(), reader.remaining == 0
    else { return nil }
    self.init(number: number, name: name)
  }

  /// The answer as it is sent.
  var bytes: [UInt8] {
    var out = MessageBytes()
    out.put(number)
    out.put(name, most: Self.longest)
    return out.bytes
  }
}
