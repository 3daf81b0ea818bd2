import Flows
import Packets

extension Recogniser {
  /// Gnutella's handshake: `GNUTELLA CONNECT/` with a version, header lines, and `GNUTELLA/` with a status.
  static let gnutella = Recogniser(
    name: "gnutella", title: "Gnutella",
    specification: "Gnutella Protocol Development: RFC-Gnutella 0.6, section 2",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .udp { return datagrams(conversation) }
    let opening = Array("GNUTELLA CONNECT/0.".utf8)
    let answer = Array("GNUTELLA/0.".utf8)
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    guard opening.starts(with: client.prefix(opening.count)) else { return .no }
    let isAnswer = answer.starts(with: server.prefix(answer.count))
    let isOld = "GNUTELLA OK\n\n".utf8.starts(with: server.prefix(13))
    guard isAnswer || isOld else { return .no }
    guard let line = Lines(client, most: 1).first(where: { _ in true }), line.isWhole,
      line.bytes.count == 20,
      (0x30...0x39).contains(line.bytes.last ?? 0)
    else { return client.count > 24 ? .no : .undecided }
    var facts = [Fact(.version, line.bytes.dropFirst(17))]
    var fields = 0
    for line in Lines(client, most: 64) where line.isWhole && line.isText {
      let text = String(decoding: line.bytes, as: UTF8.self)
      if text.contains(": ") { fields += 1 }
      if text.lowercased().hasPrefix("user-agent: ") {
        facts.append(Fact(.userAgent, String(text.dropFirst(12))))
      }
    }
    var grounds = [Ground(.client, 0, line.bytes.count, "connect string")]
    let status = Lines(server, most: 1).first(where: { _ in true })
    if let status, status.isWhole {
      facts.append(Fact(.status, status.bytes.dropFirst(isOld ? 9 : 13)))
      grounds.append(Ground(.server, 0, status.bytes.count, "status line"))
    }
    return .yes(
      Recognition(
        "gnutella", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts,
        isElaborate: fields >= 2))
  }

  /// Messages in datagrams (section 2.2): identifier, kind, hops to go and hops gone, and a length that fills the rest; an
  /// answer has its question's identifier.
  private static func datagrams(_ conversation: Conversation) -> Opinion {
    guard let talk = Talk(opening: conversation, most: 16, read: Message.init),
      let first = talk.said.first
    else { return .no }
    let answers: [UInt8: Set<UInt8>] = [
      0x00: [0x01], 0x80: [0x81, 0x31, 0x32], 0x31: [0x31, 0x32],
    ]
    let pair = talk.pair {
      $0.identifier == $1.identifier && answers[$0.kind]?.contains($1.kind) == true
    }
    guard let pair else {
      // Servents mark their identifiers: 255 in the ninth byte, 0 in the last (section 2.2.1).
      let marked = talk.said.filter(\.message.isMarked)
      guard marked.count >= 2, Set(marked.map(\.message.identifier)).count >= 2 else {
        return .undecided
      }
      return .yes(
        Recognition(
          "gnutella", .consistent,
          grounds: [first.ground("message header with a length that fills the datagram")],
          clientIs: nil))
    }
    return .yes(
      Recognition(
        "gnutella", .proven,
        grounds: [pair.question.ground("message"), pair.answer.ground("its identifier repeated")],
        clientIs: pair.question.side))
  }

  private struct Message {
    let identifier: ArraySlice<UInt8>
    let kind: UInt8
    var isMarked: Bool {
      identifier.dropFirst(8).first == 0xff && identifier.last == 0 && Set(identifier).count > 4
    }

    init?(_ datagram: Datagram) {
      var walk = ByteWalk(datagram.bytes, .little)
      guard let identifier = try? walk.take(16), let kind = try? walk.uint8(),
        [0x00, 0x01, 0x02, 0x30, 0x31, 0x32, 0x40, 0x80, 0x81].contains(kind),
        let left = try? walk.uint8(), let gone = try? walk.uint8(), left <= 10, gone <= 10,
        let length = try? walk.uint32(), Int(length) + 23 == datagram.length
      else { return nil }
      self.identifier = identifier
      self.kind = kind
    }
  }
}
