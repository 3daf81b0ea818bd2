import Flows

extension Recogniser {
  /// The same, held also against the first bytes that were kept of a stream whose start was missed: a capture often
  /// lacks the handshake only, and what looks like an opening is one.
  var orFromFirstBytes: Recogniser {
    Recogniser(
      name: name, title: title, specification: specification, transports: transports, basis: basis,
      answersMayRepeat: answersMayRepeat
    ) { [look] conversation in
      let opinion = look(conversation)
      if case .yes = opinion { return opinion }
      guard !conversation.client.beginsAtStart || !conversation.server.beginsAtStart else {
        return opinion
      }
      var opening = conversation
      opening.client.beginsAtStart = true
      opening.server.beginsAtStart = true
      let second = look(opening)
      if case .yes = second { return second }
      return opinion
    }
  }
}
