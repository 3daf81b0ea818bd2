/// A message of LDAP (RFC 4511 section 4.1.1).
struct LDAPMessage {
  /// The message identifier.
  let identifier: Int64
  /// The operation's application tag.
  let operation: UInt8
  /// The name that a bind or search gives.
  private(set) var name: [UInt8]?
  /// A bind's version of the protocol.
  private(set) var version: Int64?
  /// A result's code.
  private(set) var result: Int64?
  /// Bytes of the whole message.
  let length: Int
  /// Whether the operation's own fields were there and fit.
  private(set) var isTelling = false

  /// Reads the message at the start of `bytes`, which may be cut; nil when it is none.
  init?(_ bytes: ArraySlice<UInt8>) {
    var outer = BasicEncoding(bytes)
    guard let message = outer.next(), message.tag == 0x30, message.length >= 5,
      message.length <= 1 << 24
    else { return nil }
    length = message.header + message.length
    var parts = message.elements
    guard let identifier = parts.next(0x02)?.integer, (0...Int64(Int32.max)).contains(identifier),
      let body = parts.next(), body.tag & 0xc0 == 0x40, body.header + body.length <= message.length
    else { return nil }
    self.identifier = identifier
    operation = body.tag
    var fields = body.elements
    switch body.tag {
    case 0x60:
      guard let version = fields.next(0x02)?.integer, (1...3).contains(version),
        let name = fields.next(0x04)
      else { return nil }
      self.version = version
      self.name = Array(name.content)
      isTelling =
        fields.next().map { [0x80, 0xa3].contains($0.tag) || (0x81...0x8a).contains($0.tag) }
        ?? false
    case 0x63:
      guard let base = fields.next(0x04), let scope = fields.next(0x0a)?.integer,
        (0...3).contains(scope),
        let aliases = fields.next(0x0a)?.integer, (0...3).contains(aliases),
        fields.next(0x02) != nil
      else { return nil }
      name = Array(base.content)
      isTelling = true
    case 0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78:
      guard let code = fields.next(0x0a)?.integer, (0...4_096).contains(code),
        fields.next(0x04) != nil
      else { return nil }
      result = code
      isTelling = fields.next(0x04) != nil
    case 0x64, 0x66, 0x68, 0x6c, 0x6e:
      guard let name = fields.next(0x04) else { return nil }
      self.name = Array(name.content)
      isTelling = fields.next().map { [0x30, 0x04].contains($0.tag) } ?? false
    case 0x77:
      guard let identifier = fields.next(0x80),
        identifier.content.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e })
      else { return nil }
      name = Array(identifier.content)
      isTelling = identifier.length >= 6
    case 0x42, 0x4a, 0x50: break
    case 0x73, 0x79: isTelling = fields.next() != nil
    default: return nil
    }
  }

  /// Whether a client sends it.
  var isRequest: Bool {
    [0x60, 0x42, 0x63, 0x66, 0x68, 0x4a, 0x6c, 0x6e, 0x50, 0x77].contains(operation)
  }

  /// Whether `answer` is what this request asks for.
  func isAnswered(by answer: LDAPMessage) -> Bool {
    guard identifier == answer.identifier, isRequest, !answer.isRequest else { return false }
    return switch operation {
    case 0x63: [0x64, 0x65, 0x73].contains(answer.operation)
    case 0x4a: answer.operation == 0x6b
    default: answer.operation == operation + 1
    }
  }

  /// What the operation is called.
  var title: String {
    let names: [UInt8: String] = [
      0x60: "bindRequest", 0x61: "bindResponse", 0x63: "searchRequest", 0x64: "searchResEntry",
      0x65: "searchResDone",
      0x66: "modifyRequest", 0x68: "addRequest", 0x4a: "delRequest", 0x6c: "modDNRequest",
      0x6e: "compareRequest",
      0x77: "extendedReq", 0x78: "extendedResp",
    ]
    return names[operation] ?? "0x" + operation.hexadecimal
  }
}
