import Flows
import Packets

extension Recogniser {
  /// MGCP: a verb, a transaction number, an endpoint and the version; the response repeats the number (RFC 3435
  /// section 3.2).
  static let mgcp = Recogniser(
    name: "mgcp", title: "Media Gateway Control Protocol", specification: "RFC 3435 section 3",
    transports: [.udp],
    basis: [.built]
  ) { conversation in
    let asked = conversation.datagrams(from: .client).first.map { MGCPMessage($0.bytes) }
    let answered = conversation.datagrams(from: .server).first.map { MGCPMessage($0.bytes) }
    guard let asked else { return .no }
    if asked.isWrong || answered?.isWrong ?? false { return .no }
    guard let verb = asked.verb else {
      // A gateway's response whose command went another way has not enough structure by itself.
      return .undecided
    }
    let answers = answered.map { $0.verb == nil && $0.code != nil } ?? false
    if answers, answered?.transaction != asked.transaction { return .no }
    var facts = [Fact(.method, verb)]
    if let endpoint = asked.endpoint { facts.append(Fact(.to, endpoint)) }
    if let transaction = asked.transaction { facts.append(Fact(.session, String(transaction))) }
    if let code = answered?.code { facts.append(Fact(.status, String(code))) }
    var grounds = [Ground(.client, 0, asked.length, "command line")]
    if answers { grounds.append(Ground(.server, 0, answered?.length ?? 0, "response line")) }
    return .yes(
      Recognition("mgcp", answers ? .proven : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}

/// The first line of a message.
private struct MGCPMessage {
  var verb: String?
  var code: Int?
  var transaction: Int?
  var endpoint: ArraySlice<UInt8>?
  var isWrong = false
  var length = 0

  private static let verbs: Set<String> = [
    "EPCF", "CRCX", "MDCX", "DLCX", "RQNT", "NTFY", "AUEP", "AUCX", "RSIP", "MESG",
  ]

  init(_ bytes: [UInt8]) {
    var lines = Lines(bytes, most: 1)
    guard let line = lines.next() else { return }
    let words = line.bytes.words(most: 5)
    guard line.isText || !line.isWhole, let first = words.first, words[0].startIndex == 0 else {
      isWrong = true
      return
    }
    length = line.bytes.count
    if let code = first.asDecimal, first.count == 3 {
      guard code <= 999, words.count < 2 || words[1].asDecimal != nil || !line.isWhole else {
        isWrong = true
        return
      }
      guard words.count >= 2, line.isWhole || words.count >= 3 else { return }
      self.code = code
      transaction = words[1].asDecimal
      return
    }
    let name = first.prefix(8).asUppercaseText
    guard line.isWhole else {
      isWrong = !Self.verbs.contains { $0.hasPrefix(name) }
      return
    }
    guard Self.verbs.contains(name), words.count >= 5, let number = words[1].asDecimal,
      words[3].asUppercaseText == "MGCP",
      words[4].starts(with: "1.0".utf8) || words[4].starts(with: "0.1".utf8)
    else {
      isWrong = true
      return
    }
    verb = name
    transaction = number
    endpoint = words[2]
  }
}
