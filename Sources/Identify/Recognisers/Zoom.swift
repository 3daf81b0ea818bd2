import Flows
import Packets

extension Recogniser {
  /// Zoom's media over UDP: an opening whose token of sixteen bytes the server repeats.
  static let zoom = Recogniser(
    name: "zoom", title: "Zoom meetings",
    specification: "none published; the opening as Wireshark plugins for Zoom describe it",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: Opening.init) else { return .no }
    let pair = talk.pair { $0.isRequest && !$1.isRequest && $0.token == $1.token }
    guard let pair else { return .undecided }
    return .yes(
      Recognition(
        "zoom", .proven,
        grounds: [pair.question.ground("opening"), pair.answer.ground("opening answered")],
        clientIs: pair.question.side))
  }

  /// The first datagram of either side: what it is, and the token.
  private struct Opening {
    let isRequest: Bool
    let token: [UInt8]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard datagram.length >= 35, let type = reader.uint24(), let token = reader.copy(16),
        Set(token).count > 4
      else { return nil }
      switch type {
      case 0x01_0002: isRequest = true
      case 0x02_0001: isRequest = false
      default: return nil
      }
      self.token = token
    }
  }
}
