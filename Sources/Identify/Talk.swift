import Flows

/// The datagrams of a conversation in capture order, each read as a message of one protocol.
struct Talk<Message> {
  /// One message and who said it.
  struct Said {
    let side: Side
    let turn: Turn
    let message: Message

    /// The datagram as a ground.
    func ground(_ what: String) -> Ground {
      Ground(side, turn.range.lowerBound, turn.range.count, what)
    }
  }

  /// The messages, first to last.
  let said: [Said]

  /// Reads the first datagrams, `most` at most; nil when there is none or when `read` refuses one.
  ///
  /// It stops at the first refusal, so a recogniser costs little where it does not fit.
  init?(_ conversation: Conversation, most: Int = 32, read: (Datagram) -> Message?) {
    var said: [Said] = []
    for datagram in conversation.payloads(most: most) {
      guard let message = read(datagram) else { return nil }
      said.append(Said(side: datagram.turn.side, turn: datagram.turn, message: message))
    }
    guard !said.isEmpty else { return nil }
    self.said = said
  }

  /// Reads the first datagrams up to the first that `read` refuses; nil when that is the very
  /// first.
  ///
  /// For protocols that are known by how they open, whatever they carry then.
  init?(opening conversation: Conversation, most: Int = 32, read: (Datagram) -> Message?) {
    var said: [Said] = []
    for datagram in conversation.payloads(most: most) {
      guard let message = read(datagram) else { break }
      said.append(Said(side: datagram.turn.side, turn: datagram.turn, message: message))
    }
    guard !said.isEmpty else { return nil }
    self.said = said
  }

  /// The messages of one side.
  func said(by side: Side) -> [Said] { said.filter { $0.side == side } }

  /// The first message that the other side answers, and that answer.
  func pair(where answers: (_ question: Message, _ answer: Message) -> Bool) -> (
    question: Said, answer: Said
  )? {
    for (index, question) in said.enumerated() {
      for answer in said[(index + 1)...] where answer.side != question.side {
        if answers(question.message, answer.message) { return (question, answer) }
      }
    }
    return nil
  }
}

extension Conversation {
  /// The kept datagrams in capture order, made one by one.
  func payloads(most: Int = 32) -> some Sequence<Datagram> {
    turns.lazy.filter { !$0.range.isEmpty && $0.range.upperBound <= self[$0.side].bytes.count }
      .prefix(most)
      .map { Datagram(bytes: Array(self[$0.side].bytes[$0.range]), length: $0.length, turn: $0) }
  }

  /// The first kept datagram.
  var firstDatagram: Datagram? { payloads(most: 1).first { _ in true } }
}
