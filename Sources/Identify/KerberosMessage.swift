/// A message of Kerberos 5 (RFC 4120 section 5.4 to 5.9).
struct KerberosMessage {
  /// The message type, which the application tag repeats.
  let type: UInt8
  /// The realm that it names.
  private(set) var realm: [UInt8]?
  /// The client's name.
  private(set) var client: [UInt8]?

  /// Reads a message that fills `length` bytes, of which `bytes` may be the first.
  init?(_ bytes: ArraySlice<UInt8>, length: Int) {
    var outer = BasicEncoding(bytes)
    guard let message = outer.next(), message.tag & 0xe0 == 0x60,
      [10, 11, 12, 13, 14, 15, 20, 21, 22, 30].contains(message.tag & 0x1f),
      message.header + message.length == length
    else { return nil }
    type = message.tag & 0x1f
    var inner = message.elements
    guard let sequence = inner.next(), sequence.tag == 0x30,
      !message.isWhole || sequence.header + sequence.length == message.length
    else { return nil }
    var fields = sequence.elements
    // Requests number their fields from one, the others from zero.
    let first: UInt8 = type == 10 || type == 12 ? 0xa1 : 0xa0
    guard Self.number(&fields, first) == 5, Self.number(&fields, first + 1) == Int64(type) else {
      return nil
    }
    for field in fields {
      switch (type, field.tag) {
      case (10, 0xa4), (12, 0xa4):
        for part in field.elements {
          for entry in part.elements {
            if entry.tag == 0xa1 { client = Self.name(entry) }
            if entry.tag == 0xa2 { realm = Self.text(entry) }
          }
        }
      case (11, 0xa3), (13, 0xa3), (30, 0xa9): realm = Self.text(field)
      case (11, 0xa4), (13, 0xa4): client = Self.name(field)
      default: break
      }
    }
  }

  private static func number(_ fields: inout BasicEncoding, _ tag: UInt8) -> Int64? {
    guard let field = fields.next(tag) else { return nil }
    var inner = field.elements
    return inner.next(0x02)?.integer
  }

  private static func text(_ field: BasicEncoding.Element) -> [UInt8]? {
    var inner = field.elements
    return inner.next(0x1b).map { Array($0.content) }
  }

  /// The parts of a principal's name, with slashes.
  private static func name(_ field: BasicEncoding.Element) -> [UInt8]? {
    for sequence in field.elements.prefix(1) {
      for part in sequence.elements where part.tag == 0xa1 {
        for list in part.elements.prefix(1) {
          let texts = list.elements.prefix(8).filter { $0.tag == 0x1b }.map { Array($0.content) }
          return Array(texts.joined(separator: [UInt8(ascii: "/")]))
        }
      }
    }
    return nil
  }

  /// What the type is called.
  var name: String {
    let names: [UInt8: String] = [
      10: "AS-REQ", 11: "AS-REP", 12: "TGS-REQ", 13: "TGS-REP", 14: "AP-REQ", 15: "AP-REP",
      20: "KRB-SAFE",
      21: "KRB-PRIV", 22: "KRB-CRED", 30: "KRB-ERROR",
    ]
    return names[type] ?? "\(type)"
  }
}
