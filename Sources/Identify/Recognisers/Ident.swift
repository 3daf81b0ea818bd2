import Flows
import Packets

extension Recogniser {
  /// The identification protocol: a pair of ports in one line, which the answer repeats before it tells a user or an error.
  static let ident = Recogniser(
    name: "ident", title: "Identification Protocol", specification: "RFC 1413 sections 4 and 5",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var asked = Lines(conversation.client.bytes, most: 1)
    var told = Lines(conversation.server.bytes, most: 1)
    guard let query = asked.next() else { return told.next() == nil ? .undecided : .no }
    guard query.isWhole else {
      let isOpen =
        query.bytes.count < 16
        && query.bytes.allSatisfy { (0x30...0x39).contains($0) || [0x20, 0x2c, 13].contains($0) }
      return isOpen ? .undecided : .no
    }
    guard let ports = pair(query.bytes) else { return .no }
    guard let reply = told.next() else { return .undecided }
    let parts = reply.bytes.split(separator: 0x3a, maxSplits: 3, omittingEmptySubsequences: false)
    guard reply.isWhole else { return reply.isText && reply.bytes.count < 1000 ? .undecided : .no }
    guard reply.isText, parts.count >= 3, let repeated = pair(parts[0]), repeated == ports else {
      return .no
    }
    var facts = [Fact(.topic, "\(ports.0), \(ports.1)")]
    switch parts[1].withoutBlanks.asUppercaseText {
    case "USERID":
      guard parts.count == 4 else { return .no }
      facts.append(Fact(.user, parts[3].withoutBlanks))
    case "ERROR": facts.append(Fact(.error, parts[2].withoutBlanks))
    default: return .no
    }
    return .yes(
      Recognition(
        "ident", .proven,
        grounds: [
          Ground(.client, 0, query.bytes.count, "pair of ports"),
          Ground(.server, 0, reply.bytes.count, "reply that repeats the ports"),
        ], facts: facts))
  }

  private static func pair(_ text: ArraySlice<UInt8>) -> (Int, Int)? {
    let parts = text.split(separator: 0x2c, omittingEmptySubsequences: false)
    guard parts.count == 2, let one = parts[0].withoutBlanks.asDecimal,
      let other = parts[1].withoutBlanks.asDecimal, (1...65_535).contains(one),
      (1...65_535).contains(other)
    else { return nil }
    return (one, other)
  }
}
