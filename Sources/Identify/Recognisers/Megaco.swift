import Flows
import Packets

extension Recogniser {
  /// Megaco (H.248) in text: `MEGACO/1`, who sends it, transactions; the reply repeats the number (RFC 3525 annex B).
  static let megaco = Recogniser(
    name: "megaco", title: "Megaco / H.248", specification: "RFC 3525 annex B",
    transports: [.udp, .tcp],
    basis: [.built]
  ) { conversation in
    guard let asked = MegacoMessage(conversation, .client),
      let answered = MegacoMessage(conversation, .server)
    else {
      return .no
    }
    guard let first = asked.transaction ?? answered.transaction else { return .undecided }
    let isEchoed = asked.transaction != nil && asked.transaction == answered.transaction
    var facts = [Fact(.message, first.kind), Fact(.session, String(first.number))]
    if let sender = asked.sender ?? answered.sender { facts.append(Fact(.from, sender)) }
    let grounds = [(Side.client, asked), (.server, answered)].filter { $0.1.transaction != nil }
      .map { Ground($0.0, $0.1.offset, $0.1.length, "message header") }
    return .yes(
      Recognition(
        "megaco", isEchoed ? .proven : grounds.count == 2 ? .answered : .oneSided, grounds: grounds,
        facts: facts,
        clientIs: asked.transaction == nil && conversation.knowsClient == false ? nil : .client))
  }.orFromFirstBytes
}

/// The header of a message and its first transaction.
private struct MegacoMessage {
  /// A transaction: request, reply or one of its companions, and its number.
  struct Transaction: Equatable {
    let kind: String
    let number: Int

    static func == (left: Transaction, right: Transaction) -> Bool { left.number == right.number }
  }

  var transaction: Transaction?
  var sender: ArraySlice<UInt8>?
  var offset = 0
  var length = 0

  /// Nil when the bytes are none.
  init?(_ conversation: Conversation, _ side: Side) {
    let said = conversation[side].bytes
    guard !said.isEmpty, conversation[side].beginsAtStart else { return }
    // Over TCP a header of TPKT stands in front (RFC 3525 annex D.2).
    if conversation.transport == .tcp, said[0] == 3 { offset = 4 }
    let text = said.slice(at: offset, 512)
    guard !text.isEmpty else { return }
    let marks = ["MEGACO/", "!/"]
    guard let mark = marks.first(where: { text.startsIgnoringCase($0) }) else {
      guard marks.contains(where: { text.isBeginningIgnoringCase(of: $0) }) else { return nil }
      return
    }
    let rest = text.dropFirst(mark.utf8.count)
    guard let version = rest.first else { return }
    guard (0x31...0x33).contains(version) else { return nil }
    let behind = rest.dropFirst()
    guard let blank = behind.first else { return }
    guard blank == 0x20 || blank == 10 || blank == 13 || blank == 9 else { return nil }
    let words = behind.split(maxSplits: 1) { $0.isBlank }
    guard words.count == 2, words[1].contains(where: { !$0.isBlank }) else { return }
    sender = words[0]
    guard read(Array(words[1].drop { $0.isBlank })) else { return nil }
    length = words[0].endIndex - text.startIndex
  }

  /// `Transaction = 9998 {`, in its long or short word.
  private mutating func read(_ bytes: [UInt8]) -> Bool {
    let kinds = [
      ("TRANSACTION", "Transaction"), ("T", "Transaction"), ("REPLY", "Reply"), ("P", "Reply"),
      ("PENDING", "Pending"), ("PN", "Pending"),
      ("TRANSACTIONRESPONSEACK", "TransactionResponseAck"),
      ("K", "TransactionResponseAck"), ("ERROR", "Error"), ("ER", "Error"),
    ]
    let word = bytes.prefix { !$0.isBlank && $0 != 0x3d && $0 != 0x7b }.asUppercaseText
    guard let kind = kinds.first(where: { $0.0 == word })?.1 else { return bytes.count < 24 }
    // Acknowledgements stand in braces: `K{50005,50007-50009}`; the others' number in front of them.
    let isListed = kind == "TransactionResponseAck"
    let rest = bytes.dropFirst(word.utf8.count).drop {
      $0.isBlank || $0 == (isListed ? 0x7b : 0x3d)
    }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    let next = rest.dropFirst(digits.count).drop { $0.isBlank }.first
    guard let next else { return true }
    let marks = isListed ? "-,}" : "{/,"
    guard let number = digits.asDecimal, marks.utf8.contains(next) else { return false }
    transaction = Transaction(kind: kind, number: number)
    return true
  }
}

extension UInt8 {
  /// Whether it is a space, a tab or the end of a line.
  fileprivate var isBlank: Bool { self == 0x20 || self == 10 || self == 13 || self == 9 }
}
