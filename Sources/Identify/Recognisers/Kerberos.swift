import Flows
import Packets

extension Recogniser {
  /// Kerberos 5: an application-tagged message that repeats version and message type inside, bare
  /// in UDP, behind a length of four bytes in TCP.
  static let kerberos = Recogniser(
    name: "kerberos", title: "Kerberos", specification: "RFC 4120 section 5",
    transports: [.udp, .tcp],
    basis: [.built, .corpus]
  ) { conversation in
    var said: [(side: Side, offset: Int, message: KerberosMessage)] = []
    if conversation.transport == .udp {
      guard
        let talk = Talk(
          conversation, most: 8, read: { KerberosMessage($0.bytes[...], length: $0.length) })
      else { return .no }
      said = talk.said.map { ($0.side, $0.turn.range.lowerBound, $0.message) }
    } else {
      for side in Side.allCases where !conversation[side].bytes.isEmpty {
        let bytes = conversation[side].bytes
        guard bytes.count >= 20 else {
          if bytes[0] != 0 { return .no }
          continue
        }
        let length = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= 1 << 20,
          let message = KerberosMessage(bytes.dropFirst(4).prefix(length), length: length)
        else {
          return .no
        }
        said.append((side, 4, message))
      }
    }
    guard let first = said.first else { return .undecided }
    let isAnswered = said.contains {
      $0.side != first.side && $0.message.type != first.message.type
    }
    let messages = said.map(\.message)
    var facts = [Fact(.message, first.message.name)]
    if let realm = messages.lazy.compactMap(\.realm).first { facts.append(Fact(.host, realm)) }
    if let name = messages.lazy.compactMap(\.client).first { facts.append(Fact(.user, name)) }
    return .yes(
      Recognition(
        "kerberos", isAnswered ? .answered : .oneSided,
        grounds: said.prefix(2).map {
          Ground($0.side, $0.offset, 16, "application tag, version and message type that agree")
        }, facts: facts,
        clientIs: [10, 12, 14].contains(first.message.type) ? first.side : first.side.opposite,
        isElaborate: !facts.dropFirst().isEmpty
          && conversation[said[0].side.opposite].bytes.isEmpty))
  }
}
