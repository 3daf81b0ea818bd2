import Flows
import Packets

extension Recogniser {
  /// RakNet, which games build on: offline messages that carry sixteen fixed bytes.
  static let rakNet = Recogniser(
    name: "raknet", title: "RakNet", specification: "RakNet manual, offline messages",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let first = conversation.firstDatagram, isOffline(first) else { return .no }
    let answer = conversation.payloads(most: 8).first {
      $0.turn.side != first.turn.side && isOffline($0)
    }
    return .yes(
      Recognition(
        "raknet", answer != nil ? .answered : .oneSided,
        grounds: [
          Ground(
            first.turn.side, first.turn.range.lowerBound, min(first.bytes.count, 33),
            "offline message")
        ],
        clientIs: first.turn.side))
  }

  /// The fixed bytes stand behind the identifier, or behind one or two numbers of eight bytes.
  private static func isOffline(_ datagram: Datagram) -> Bool {
    let magic: [UInt8] = [
      0x00, 0xff, 0xff, 0x00, 0xfe, 0xfe, 0xfe, 0xfe, 0xfd, 0xfd, 0xfd, 0xfd, 0x12, 0x34, 0x56,
      0x78,
    ]
    return [1, 9, 17].contains { datagram.bytes.dropFirst($0).starts(with: magic) }
  }
}
