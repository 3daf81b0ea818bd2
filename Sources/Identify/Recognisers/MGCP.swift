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
    let asked = conversation.datagrams(from: .client).prefix(8).map { MGCPMessage($0.bytes) }
    let answered = conversation.datagrams(from: .server).prefix(8).map { MGCPMessage($0.bytes) }
    guard let first = asked.first ?? answered.first else { return .no }
    if first.isWrong || asked.first?.isWrong ?? false || answered.first?.isWrong ?? false {
      return .no
    }
    // Gateway and call agent both send commands, so either side's is looked for.
    let isTurned = !asked.contains { $0.verb != nil } && answered.contains { $0.verb != nil }
    let (commands, responses) = isTurned ? (answered, asked) : (asked, answered)
    guard let command = commands.first(where: { $0.verb != nil }), let verb = command.verb else {
      return .undecided
    }
    let response = responses.first {
      $0.verb == nil && $0.code != nil && $0.transaction == command.transaction
    }
    // An answer to something that was never asked is none.
    if response == nil, !responses.isEmpty, responses.allSatisfy({ $0.code != nil }),
      commands.count == 1
    {
      return .no
    }
    var facts = [Fact(.method, verb)]
    if let endpoint = command.endpoint { facts.append(Fact(.to, endpoint)) }
    if let transaction = command.transaction { facts.append(Fact(.session, String(transaction))) }
    if let code = response?.code { facts.append(Fact(.status, String(code))) }
    let side: Side = isTurned ? .server : .client
    var grounds: [Ground] = []
    if commands.first?.verb != nil {
      grounds.append(Ground(side, 0, command.length, "command line"))
    }
    if let response, responses.first?.code != nil {
      grounds.append(
        Ground(
          side.opposite, 0, min(response.length, responses.first?.length ?? 0), "response line"))
    }
    return .yes(
      Recognition(
        "mgcp", response != nil ? .proven : .oneSided, grounds: grounds, facts: facts,
        clientIs: isTurned ? nil : .client))
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
