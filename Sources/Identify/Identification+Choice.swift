import Flows
import Packets

extension Identification {
  /// Asks the given recognisers, all of the conversation's transport; both ways round when it is not known who the
  /// client is.
  init(of conversation: Conversation, by recognisers: [Recogniser]) {
    guard !conversation.client.bytes.isEmpty || !conversation.server.bytes.isEmpty else {
      self.init(recognition: nil, runnersUp: [], undecided: [], probe: nil)
      return
    }
    var yes: [Recognition] = []
    var undecided: [String] = []
    let reversed = conversation.knowsClient ? nil : conversation.reversed
    // By index: a recogniser that is taken out of the list is a copy with ten references.
    for index in recognisers.indices {
      let straight = recognisers[index].look(conversation)
      let turned = reversed.map { recognisers[index].look($0).turned } ?? .no
      switch Opinion.stronger(straight, turned) {
      case .yes(let recognition): yes.append(recognition)
      case .undecided: undecided.append(recognisers[index].name)
      case .no: break
      }
    }
    let general = Set(yes.compactMap(\.refines))
    // What rests on a repetition is worth no more than without it.
    let alone = !yes.isEmpty && conversation.isEchoed
    let once = yes.contains { $0.strength == .consistent } ? conversation.withoutRepeats : nil
    if once != nil || alone {
      let less = once ?? conversation.withoutServer
      yes = yes.compactMap { recognition in
        guard alone || recognition.strength == .consistent,
          let recogniser = recognisers.first(where: { $0.name == recognition.application }),
          !alone || !recogniser.answersMayRepeat
        else { return recognition }
        guard case .yes(var lesser) = recogniser.look(less) else {
          return alone ? nil : recognition
        }
        if alone {
          // However much the request says, whoever repeats it did not understand it.
          lesser.strength = .oneSided
          lesser.isElaborate = false
          lesser.clientIs = nil
        }
        return lesser
      }
    }
    yes.sort { Precedence.decide($0, $1, general: general).isInOrder }
    let runnersUp = yes.dropFirst().map { other in
      RunnerUp(
        application: other.application,
        precedence: Precedence.decide(yes[0], other, general: general).reason)
    }
    self.init(
      recognition: yes.first, runnersUp: runnersUp, undecided: undecided,
      probe: KnownProbe(in: conversation))
  }

  /// An identification of these values.
  init(
    recognition: Recognition?, runnersUp: [RunnerUp], undecided: [String], probe: KnownProbe?
  ) {
    self.recognition = recognition
    self.runnersUp = runnersUp
    self.undecided = undecided
    self.probe = probe
  }
}

extension Conversation {
  /// The same with one message alone where one side sent it again and again as a datagram and the other said nothing: that is
  /// no second message. Nil where anything else was said.
  fileprivate var withoutRepeats: Conversation? {
    guard transport == .udp, let first = turns.first, turns.count > 1 else { return nil }
    let message = self[first.side].bytes[first.range]
    let isRepeated = turns.allSatisfy {
      $0.side == first.side && $0.length == first.length
        && self[first.side].bytes[$0.range].elementsEqual(message)
    }
    guard isRepeated else { return nil }
    var once = self
    once.turns = [first]
    let said = SideBytes(
      Array(message), isIncomplete: self[first.side].isIncomplete, total: first.length)
    if first.side == .client { once.client = said } else { once.server = said }
    return once
  }
}

extension Opinion {
  /// The opinion on a reversed conversation, told of the conversation as it was.
  fileprivate var turned: Opinion {
    guard case .yes(var recognition) = self else { return self }
    recognition.clientIs = recognition.clientIs?.opposite
    recognition.grounds = recognition.grounds.map {
      Ground($0.side.opposite, $0.offset, $0.length, $0.what)
    }
    return .yes(recognition)
  }

  fileprivate static func stronger(_ left: Opinion, _ right: Opinion) -> Opinion {
    switch (left, right) {
    case (.yes(let one), .yes(let other)): .yes(one.strength >= other.strength ? one : other)
    case (.yes, _): left
    case (_, .yes): right
    case (.undecided, _), (_, .undecided): .undecided
    case (.no, .no): .no
    }
  }
}
