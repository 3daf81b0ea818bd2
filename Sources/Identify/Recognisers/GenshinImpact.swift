import Flows
import Packets

extension Recogniser {
  /// The opening of miHoYo's games: a request between two marks, answered with connection and token between two others.
  static let genshinImpact = Recogniser(
    name: "genshinimpact", title: "Genshin Impact (miHoYo's KCP handshake)",
    specification: "none published; the handshake as open servers of the game implement it",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .tcp { return stream(conversation) }
    guard let talk = Talk(opening: conversation, most: 8, read: Handshake.init) else { return .no }
    let pair = talk.pair { $0.isRequest && !$1.isRequest && $0.data == $1.data }
    guard let pair else { return .undecided }
    return .yes(
      Recognition(
        "genshinimpact", .proven,
        grounds: [pair.question.ground("handshake"), pair.answer.ground("handshake answered")],
        clientIs: pair.question.side))
  }

  /// Over TCP: messages of 1, their length, a kind and a number; sixteen bytes that the server chose come back in every
  /// later message of the client.
  private static func stream(_ conversation: Conversation) -> Opinion {
    var said: [Side: [MessageRun.Message]] = [:]
    for side in Side.allCases {
      let run = MessageRun(of: side, in: conversation, most: 8) { walk, _ throws(Misfit) in
        try walk.expect([1])
        let length = try walk.count32(atMost: 1 << 16)
        guard length >= 34, (1...16).contains(try walk.uint8()) else { throw .wrong }
        return length
      }
      guard !run.isWrong else { return .no }
      said[side] = Array(run.whole)
    }
    guard let answer = said[.server]?.first, let first = said[.client]?.first else {
      return .undecided
    }
    // Both call the same service.
    guard first.bytes.dropFirst(10).prefix(8) == answer.bytes.dropFirst(10).prefix(8) else {
      return .no
    }
    let session = answer.bytes.dropFirst(18).prefix(16)
    let echo = said[.client]?.first { $0.bytes.dropFirst(18).prefix(16).elementsEqual(session) }
    guard let echo, Set(session).count >= 8 else { return .undecided }
    return .yes(
      Recognition(
        "genshinimpact", .proven,
        grounds: [
          Ground(.server, answer.offset + 18, 16, "value that the server chose"),
          Ground(
            .client, echo.offset + 18, 16, "value repeated in a message that its length fills"),
        ]))
  }

  /// Twenty bytes: a mark, connection, token, a value that comes back, a mark.
  private struct Handshake {
    let isRequest: Bool
    let data: UInt32

    init?(_ datagram: Datagram) {
      guard datagram.length == 20, datagram.isWhole else { return nil }
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint32(), reader.skip(8), let data = reader.uint32(),
        let last = reader.uint32()
      else { return nil }
      switch (first, last) {
      case (0xff, 0xffff_ffff): isRequest = true
      case (0x145, 0x1451_4545): isRequest = false
      default: return nil
      }
      self.data = data
    }
  }
}
