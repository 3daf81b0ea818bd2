extension Flow {
  /// Exchanges the two sides: the flow's start was missed, and its protocol or its port numbers show that the client is the
  /// other one.
  public mutating func exchangeSides(on ground: ClientGround = .protocolDirection) {
    swap(&client, &server)
    swap(&clientCounters, &serverCounters)
    conversation = conversation.reversed
    let first = firstPacket.side.opposite
    firstPacket.side = first
    firstAnswer?.side = first.opposite
    self.ground = ground
  }
}
