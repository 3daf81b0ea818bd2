import Flows
import Packets

extension Recogniser {
  /// Lightweight directory access, also without a connection over UDP: sequences with a message
  /// identifier and an operation whose fields fit; results repeat the identifier.
  static let ldap = Recogniser(
    name: "ldap", title: "Lightweight Directory Access Protocol",
    specification: "RFC 4511 section 4, RFC 1798",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    var said: [(side: Side, message: LDAPMessage)] = []
    if conversation.transport == .udp {
      guard
        let talk = Talk(
          conversation, most: 8,
          read: { datagram in
            LDAPMessage(datagram.bytes[...]).flatMap { $0.length <= datagram.length ? $0 : nil }
          })
      else { return .no }
      said = talk.said.map { ($0.side, $0.message) }
    } else {
      for side in Side.allCases where !conversation[side].bytes.isEmpty {
        guard let messages = stream(conversation[side].bytes[...]) else {
          let isOpen = conversation[side].bytes.count < 12 && conversation[side].bytes[0] == 0x30
          if isOpen { continue }
          return .no
        }
        said += messages.map { (side, $0) }
      }
    }
    guard let first = said.first else { return .undecided }
    // One side asks, the other answers.
    guard
      said.allSatisfy({
        ($0.message.isRequest == first.message.isRequest) == ($0.side == first.side)
      })
    else { return .no }
    let isAnswered = said.contains { question in
      said.contains { $0.side != question.side && question.message.isAnswered(by: $0.message) }
    }
    guard isAnswered || said.contains(where: \.message.isTelling) else { return .undecided }
    let messages = said.map(\.message)
    var facts = [Fact(.message, first.message.title)]
    if let version = messages.lazy.compactMap(\.version).first {
      facts.append(Fact(.version, "\(version)"))
    }
    if let bind = messages.first(where: { $0.operation == 0x60 })?.name, !bind.isEmpty {
      facts.append(Fact(.user, bind))
    }
    if let base = messages.first(where: { $0.operation == 0x63 })?.name {
      facts.append(Fact(.path, base))
    }
    if let code = messages.lazy.compactMap(\.result).first {
      facts.append(Fact(.status, "\(code)"))
    }
    return .yes(
      Recognition(
        "ldap", isAnswered ? .answered : said.count > 1 ? .consistent : .oneSided,
        grounds: [
          Ground(
            first.side, 0, min(first.message.length, conversation[first.side].bytes.count),
            "message")
        ],
        facts: facts, clientIs: first.message.isRequest ? first.side : first.side.opposite))
  }

  /// The messages of a stream: all that are whole, the first even if it is cut; nil when there is
  /// none.
  private static func stream(_ bytes: ArraySlice<UInt8>) -> [LDAPMessage]? {
    var rest = bytes
    var messages: [LDAPMessage] = []
    while !rest.isEmpty, messages.count < 8, let message = LDAPMessage(rest) {
      messages.append(message)
      // What follows a StartTLS is TLS.
      rest = rest.dropFirst(message.length)
    }
    return messages.isEmpty ? nil : messages
  }
}
