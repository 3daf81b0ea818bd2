extension Conversation {
  /// The kept packets of one side, first to last: UDP datagrams as sent, TCP segments in capture order.
  public func datagrams(from side: Side) -> [Datagram] {
    turns.lazy.filter { $0.side == side && !$0.range.isEmpty }.map {
      Datagram(bytes: Array(self[side].bytes[$0.range]), length: $0.length, turn: $0)
    }
  }

  /// The same conversation with the two sides exchanged, for a flow whose start was missed.
  public var reversed: Conversation {
    Conversation(
      transport: transport, client: server, server: client,
      turns: turns.map {
        Turn(
          side: $0.side.opposite, time: $0.time, packet: $0.packet, range: $0.range,
          length: $0.length)
      },
      knowsClient: knowsClient, isFinished: isFinished)
  }
}
