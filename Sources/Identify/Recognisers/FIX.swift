import Flows
import Packets

extension Recogniser {
  /// FIX: fields `tag=value` between 0x01; BeginString, BodyLength and MsgType come first, the checksum last (FIX
  /// session layer, standard header and trailer).
  static let fix = Recogniser(
    name: "fix", title: "Financial Information eXchange",
    specification: "FIX session layer, standard header and trailer",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard let asked = FIXMessage(conversation, .client),
      let answered = FIXMessage(conversation, .server)
    else {
      return .no
    }
    let whole = [(Side.client, asked), (.server, answered)].filter { $0.1.isWhole }
    guard let first = whole.first?.1 else { return .undecided }
    var facts = [Fact(.version, first["8"] ?? [])]
    for (field, tag) in [(Field.message, "35"), (.from, "49"), (.to, "56"), (.user, "553")] {
      if let value = first[tag] { facts.append(Fact(field, value)) }
    }
    return .yes(
      Recognition(
        "fix", .proven,
        grounds: whole.map { Ground($0.0, $0.1.offset, $0.1.length, "message with its checksum") },
        facts: facts,
        clientIs: conversation.knowsClient ? .client : nil))
  }.orFromFirstBytes
}

/// A message of FIX.
private struct FIXMessage {
  private var fields: [(tag: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
  /// Whether length and checksum are there and right.
  var isWhole = false
  var offset = 0
  var length = 0

  subscript(tag: String) -> ArraySlice<UInt8>? {
    fields.first { $0.tag.elementsEqual(tag.utf8) }?.value
  }

  /// The first message of a side; nil when the bytes are none.
  init?(_ conversation: Conversation, _ side: Side) {
    let said = conversation[side]
    guard !said.bytes.isEmpty else { return }
    for start in conversation.messageStarts(of: side, most: 64) {
      if read(said.bytes, at: start) { return }
      fields = []
    }
    if said.beginsAtStart { return nil }
  }

  private mutating func read(_ bytes: [UInt8], at start: Int) -> Bool {
    let rest = bytes[start...]
    guard "8=FIX".utf8.starts(with: rest.prefix(5)) else { return false }
    guard let soh = rest.prefix(16).firstIndex(of: 1) else {
      return rest.count < 16 && rest.isPrintableASCII
    }
    let body = rest[(soh + 1)...]
    guard "9=".utf8.starts(with: body.prefix(2)) else { return false }
    guard let second = body.prefix(9).firstIndex(of: 1) else { return body.count < 9 }
    guard let size = body[(soh + 3)..<second].asDecimal, size >= 5, size <= 1 << 24 else {
      return false
    }
    let end = second + 1 + size
    guard bytes.count - start >= end - start + 7 else { return true }
    let trailer = bytes.slice(at: end, 7)
    let sum = bytes[start..<end].reduce(0) { ($0 + Int($1)) & 255 }
    guard trailer.count == 7, trailer.starts(with: "10=".utf8), trailer.last == 1,
      trailer.dropFirst(3).dropLast().asDecimal == sum
    else { return false }
    for field in bytes[start..<end].split(separator: 1).prefix(32) {
      guard let equals = field.firstIndex(of: 0x3d) else { continue }
      fields.append((field[..<equals], field[(equals + 1)...]))
    }
    guard fields.count >= 3, fields[2].tag.elementsEqual("35".utf8) else { return false }
    isWhole = true
    offset = start
    length = end + 7 - start
    return true
  }
}
