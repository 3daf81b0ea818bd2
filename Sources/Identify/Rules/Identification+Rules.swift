public import Flows

extension Identification {
  /// The identification with an operator's rules: the first rule that holds names what nothing recognises, or what is
  /// carried in the application that it names.
  public func applying(_ rules: [UserRule], to conversation: Conversation) -> Identification {
    guard !rules.isEmpty else { return self }
    let reversed = conversation.knowsClient ? nil : conversation.reversed
    for rule in rules where rule.transports.contains(conversation.transport) {
      guard rule.carrier == recognition?.application else { continue }
      if let grounds = rule.grounds(in: conversation) {
        return named(by: rule, grounds, client: .client)
      }
      if let grounds = reversed.flatMap(rule.grounds) {
        let turned = grounds.map { Ground($0.side.opposite, $0.offset, $0.length, $0.what) }
        return named(by: rule, turned, client: .server)
      }
    }
    return self
  }

  private func named(by rule: UserRule, _ grounds: [Ground], client: Side) -> Identification {
    if var carried = recognition {
      carried.refines = carried.application
      carried.application = rule.name
      carried.grounds += grounds
      return Identification(
        recognition: carried, runnersUp: runnersUp, undecided: undecided, probe: probe)
    }
    let isAnswered = Set(grounds.map(\.side)).count == 2
    return Identification(
      recognition: Recognition(
        rule.name, isAnswered ? .answered : .oneSided, grounds: grounds, clientIs: client,
        isElaborate: true),
      runnersUp: runnersUp, undecided: undecided, probe: probe)
  }
}

extension UserRule {
  /// The places where the conditions hold; nil unless all do.
  fileprivate func grounds(in conversation: Conversation) -> [Ground]? {
    var grounds: [Ground] = []
    for condition in conditions {
      guard let place = condition.place(in: conversation) else { return nil }
      grounds.append(
        Ground(condition.side, place.lowerBound, place.count, "bytes of the rule for \(name)"))
    }
    return grounds
  }
}
