import Flows
import Packets

extension Recogniser {
  /// Gnutella's handshake: `GNUTELLA CONNECT/` with a version, header lines, and `GNUTELLA/` with a status.
  static let gnutella = Recogniser(
    name: "gnutella", title: "Gnutella",
    specification: "Gnutella Protocol Development: RFC-Gnutella 0.6, section 2",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
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
    for line in Lines(client, most: 64) where line.isWhole && line.isText {
      let text = String(decoding: line.bytes, as: UTF8.self)
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
        "gnutella", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts))
  }
}
