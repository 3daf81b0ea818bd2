import Flows
import Packets

extension Recogniser {
  /// Telegram's calls through a reflector: datagrams begin with the call's tag; an inquiry of the reflector is answered
  /// with its number.
  static let telegramCall = Recogniser(
    name: "telegram", title: "Telegram calls (UDP reflector)",
    specification: "TL schema of libtgvoip: udpReflectorSelfInfo, udpReflectorPeerInfo",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    let said = conversation.payloads(most: 32).compactMap { datagram in
      Inquiry(datagram).map { (datagram.turn, $0) }
    }
    for (index, (turn, question)) in said.enumerated() where question.isQuestion {
      for (other, answer) in said[(index + 1)...] where other.side != turn.side {
        guard !answer.isQuestion, answer.tag == question.tag, answer.number == question.number
        else { continue }
        return .yes(
          Recognition(
            "telegram", .proven,
            grounds: [
              Ground(turn.side, turn.range.lowerBound, 40, "inquiry"),
              Ground(other.side, other.range.lowerBound, 48, "udpReflectorSelfInfo"),
            ], clientIs: turn.side))
      }
    }
    return said.contains { $0.1.isQuestion } ? .undecided : .no
  }

  /// An inquiry (tag, ones, number) or its answer (tag, ones, constructor, date, number).
  private struct Inquiry {
    let tag: ArraySlice<UInt8>
    let number: ArraySlice<UInt8>
    let isQuestion: Bool

    init?(_ datagram: Datagram) {
      let bytes = datagram.bytes
      guard bytes.count >= 40, bytes[16..<28].allSatisfy({ $0 == 0xff }) else { return nil }
      tag = bytes[..<16]
      switch Array(bytes[28..<32]) {
      case [0xfe, 0xff, 0xff, 0xff]:
        isQuestion = true
        number = bytes[32..<40]
      case [0xc7, 0x72, 0x15, 0xc0]:
        guard bytes.count >= 44 else { return nil }
        isQuestion = false
        number = bytes[36..<44]
      default: return nil
      }
    }
  }
}
