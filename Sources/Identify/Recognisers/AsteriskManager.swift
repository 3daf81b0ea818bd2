import Flows
import Packets

extension Recogniser {
  /// Asterisk's manager interface: a greeting with its version, actions in fields that end with an empty line, and
  /// responses that repeat the action's identifier.
  static let asteriskManager = Recogniser(
    name: "asterisk-ami", title: "Asterisk Manager Interface",
    specification: "Asterisk documentation, AMI v2 specification", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let mark = Array("Asterisk Call Manager/".utf8)
    var lines = Lines(conversation.server.bytes, most: 64)
    guard let greeting = lines.next() else {
      return conversation.client.bytes.isEmpty ? .undecided : .no
    }
    guard greeting.bytes.starts(with: mark) else {
      return !greeting.isWhole && mark.starts(with: greeting.bytes) ? .undecided : .no
    }
    let asked = fields(Lines(conversation.client.bytes, most: 64))
    guard greeting.isWhole, let action = asked.first, action.name == "action" else {
      return .undecided
    }
    var facts = [Fact(.server, greeting.bytes), Fact(.method, action.value)]
    let told = fields(lines)
    guard told.contains(where: { $0.name == "response" || $0.name == "event" }) else {
      return .undecided
    }
    if let user = asked.first(where: { $0.name == "username" }) {
      facts.append(Fact(.user, user.value))
    }
    let number = asked.first { $0.name == "actionid" }?.value
    let isRepeated = number.map { number in
      told.contains { $0.name == "actionid" && $0.value == number }
    }
    return .yes(
      Recognition(
        "asterisk-ami", isRepeated == true ? .proven : .answered,
        grounds: [
          Ground(.server, 0, greeting.bytes.count, "greeting with a version"),
          Ground(.client, 0, action.value.endIndex, "action"),
        ], facts: facts))
  }.orFromFirstBytes

  private static func fields(
    _ lines: Lines
  ) -> [(name: String, value: ArraySlice<UInt8>)] {
    var fields: [(name: String, value: ArraySlice<UInt8>)] = []
    for line in lines where line.isWhole && !line.bytes.isEmpty {
      guard line.isText, let colon = line.bytes.firstIndex(of: 0x3a),
        line.bytes[..<colon].isToken
      else { break }
      fields.append(
        (line.bytes[..<colon].asLowercaseText, line.bytes[(colon + 1)...].withoutBlanks))
    }
    return fields
  }
}
