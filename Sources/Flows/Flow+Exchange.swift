extension Flow {
  /// Exchanges the two sides: the flow's start was missed, and its protocol shows that the client is the other one.
  public mutating func exchangeSides() {
    swap(&client, &server)
    swap(&clientCounters, &serverCounters)
    conversation = conversation.reversed
    ground = .protocolDirection
  }
}
