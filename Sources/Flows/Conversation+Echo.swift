import Packets

extension Conversation {
  /// Whether the server, as far as it spoke, did nothing but repeat what it was sent, as the service of RFC 862 does.
  ///
  /// Such an answer is nobody's word: whatever it would prove it would prove of any request. Who says first what the other
  /// repeats is no echo, nor is who repeats a part of the first message. Of a stream whose start was missed nothing is said:
  /// underway both sides send the same where nothing happens.
  public var isEchoed: Bool {
    guard turns.first?.side == .client, !client.bytes.isEmpty, !server.bytes.isEmpty else {
      return false
    }
    return transport == .udp ? repeatsDatagrams : repeatsStream
  }

  /// The same with what the client said alone.
  public var withoutServer: Conversation {
    var alone = self
    alone.turns = turns.filter { $0.side == .client }
    alone.server = SideBytes()
    return alone
  }

  /// Whether the server's stream is the beginning of the client's, and never ahead of it.
  private var repeatsStream: Bool {
    guard knowsClient, client.beginsAtStart, server.beginsAtStart else { return false }
    let common = min(client.bytes.count, server.bytes.count)
    guard common >= turns[0].range.count, common == server.bytes.count || client.isIncomplete,
      client.bytes.prefix(common).elementsEqual(server.bytes.prefix(common))
    else { return false }
    var (asked, answered) = (0, 0)
    for turn in turns {
      if turn.side == .client {
        asked = max(asked, turn.range.upperBound)
      } else {
        answered = max(answered, turn.range.upperBound)
      }
      guard answered <= asked || client.isIncomplete else { return false }
    }
    return true
  }

  /// Whether each of the server's datagrams is one that it was sent before, in that order; some may lack their repetition.
  private var repeatsDatagrams: Bool {
    var next = 0
    var isRepeated = false
    for (place, said) in turns.enumerated() where said.side == .server && !said.range.isEmpty {
      while next < place, !isSame(turns[next], as: said) { next += 1 }
      guard next < place else { return false }
      next += 1
      isRepeated = true
    }
    return isRepeated
  }

  private func isSame(_ asked: Turn, as said: Turn) -> Bool {
    asked.side == .client && asked.length == said.length
      && asked.range.upperBound <= client.bytes.count && said.range.upperBound <= server.bytes.count
      && client.bytes[asked.range].elementsEqual(server.bytes[said.range])
  }
}
