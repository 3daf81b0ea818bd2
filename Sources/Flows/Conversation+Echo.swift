extension Conversation {
  /// Whether the server, as far as it spoke, did nothing but repeat every message that it was sent, as the service of RFC 862
  /// does.
  ///
  /// Such an answer is nobody's word: whatever it would prove it would prove of any request. Who says first what the other
  /// repeats is no echo, nor is who repeats a part of the first message.
  public var isEchoed: Bool {
    guard knowsClient, client.beginsAtStart, server.beginsAtStart,
      let first = turns.first, first.side == .client
    else { return false }
    let repeated = server.bytes.count
    guard repeated > 0, repeated >= min(first.length, client.bytes.count),
      client.bytes.starts(with: server.bytes)
    else { return false }
    var (asked, answered) = (0, 0)
    for turn in turns {
      if turn.side == .client { asked += turn.length } else { answered += turn.length }
      guard answered <= asked else { return false }
    }
    return true
  }

  /// The same with what the client said alone.
  public var withoutServer: Conversation {
    var alone = self
    alone.turns = turns.filter { $0.side == .client }
    alone.server = SideBytes()
    return alone
  }
}
