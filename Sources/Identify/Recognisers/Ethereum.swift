import Flows
import Packets

extension Recogniser {
  /// Ethereum's peers: discovery packets that open with their own Keccak hash; over TCP two
  /// handshake messages behind lengths, each an uncompressed point first.
  static let ethereum = Recogniser(
    name: "ethereum", title: "Ethereum devp2p", specification: "devp2p discv4, RLPx, EIP-8",
    transports: [.udp, .tcp],
    basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .tcp { return handshake(conversation) }
    guard let talk = Talk(conversation, most: 4, read: discovery), let first = talk.said.first
    else { return .no }
    let names: [UInt8: String] = [
      1: "Ping", 2: "Pong", 3: "FindNode", 4: "Neighbors", 5: "ENRRequest", 6: "ENRResponse",
    ]
    return .yes(
      Recognition(
        "ethereum", .proven, grounds: [Ground(first.side, first.turn.range.lowerBound, 32, "hash")],
        facts: [Fact(.message, names[first.message] ?? "\(first.message)")], clientIs: .client))
  }

  /// The packet type, if hash, signature and type fit.
  private static func discovery(_ datagram: Datagram) -> UInt8? {
    guard datagram.isWhole, (98...1_280).contains(datagram.length),
      (1...6).contains(datagram.bytes[97]),
      datagram.bytes[96] <= 1, Keccak.hash256(datagram.bytes[32...]) == Array(datagram.bytes[..<32])
    else { return nil }
    return datagram.bytes[97]
  }

  /// RLPx: `auth` and `ack`, before EIP-8 of fixed size, since then behind a length of two bytes.
  private static func handshake(_ conversation: Conversation) -> Opinion {
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let auth = conversation.client.bytes
    let ack = conversation.server.bytes
    guard let first = auth.first else { return .no }
    if first == 4, auth.count >= 307, ack.count >= 210, ack[0] == 4 {
      let opening = conversation.turns.prefix { $0.side == .client }.map(\.length).reduce(0, +)
      let answer = conversation.turns.first { $0.side == .server }?.length
      guard opening == 307, answer == 210 else { return .no }
      return .yes(
        Recognition(
          "ethereum", .answered,
          grounds: [Ground(.client, 0, 307, "auth"), Ground(.server, 0, 210, "ack")]))
    }
    guard auth.count >= 3, auth[2] == 4, ack.count < 3 || ack[2] == 4 else { return .no }
    let opening = conversation.turns.prefix { $0.side == .client }.map(\.length).reduce(0, +)
    let size = Int(auth[0]) << 8 | Int(auth[1])
    guard (280...2_048).contains(size), opening == size + 2 else { return .no }
    guard ack.count >= 3 else { return .undecided }
    let answer = Int(ack[0]) << 8 | Int(ack[1])
    let said = conversation.turns.drop { $0.side == .client }.prefix { $0.side == .server }.map(
      \.length)
    var sum = 0
    // The server may go on with its first frames at once.
    let fits = said.contains { count in
      sum += count
      return sum == answer + 2
    }
    guard (180...2_048).contains(answer),
      fits || ack.count >= answer + 2 + 32 && said.reduce(0, +) >= answer + 34
    else { return .no }
    return .yes(
      Recognition(
        "ethereum", .answered,
        grounds: [Ground(.client, 0, size + 2, "auth"), Ground(.server, 0, answer + 2, "ack")]))
  }
}
