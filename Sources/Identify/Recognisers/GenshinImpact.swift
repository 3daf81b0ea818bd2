import Flows
import Packets

extension Recogniser {
  /// The opening of miHoYo's games: a request between two marks, answered with connection and token between two others.
  static let genshinImpact = Recogniser(
    name: "genshinimpact", title: "Genshin Impact (miHoYo's KCP handshake)",
    specification: "none published; the handshake as open servers of the game implement it",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: Handshake.init) else { return .no }
    let pair = talk.pair { $0.isRequest && !$1.isRequest && $0.data == $1.data }
    guard let pair else { return .undecided }
    return .yes(
      Recognition(
        "genshinimpact", .proven,
        grounds: [pair.question.ground("handshake"), pair.answer.ground("handshake answered")],
        clientIs: pair.question.side))
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
