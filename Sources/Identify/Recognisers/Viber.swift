import Flows
import Packets

extension Recogniser {
  /// Viber's calls over UDP: a session, a type, and a token of eight bytes that the server repeats with the type that
  /// answers it.
  static let viber = Recogniser(
    name: "viber", title: "Viber calls",
    specification: "none published; the probes as nDPI's notes describe them",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    let said = conversation.payloads(most: 24).compactMap { datagram in
      Probe(datagram).map { (datagram.turn, $0) }
    }
    for (index, (turn, probe)) in said.enumerated() {
      for (other, answer) in said[(index + 1)...] where other.side != turn.side {
        guard probe.isAnswered(by: answer) else { continue }
        return .yes(
          Recognition(
            "viber", .proven,
            grounds: [
              Ground(turn.side, turn.range.lowerBound, 14, "probe"),
              Ground(other.side, other.range.lowerBound, 14, "probe answered"),
            ], clientIs: turn.side))
      }
    }
    return said.isEmpty ? .no : .undecided
  }

  /// Session, type, and where a type has it the token.
  private struct Probe {
    let session: UInt16
    let type: UInt16
    let token: [UInt8]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let session = reader.uint16(), let type = reader.uint16() else { return nil }
      self.session = session
      self.type = type
      switch (type, datagram.length) {
      case (0x1900, 34), (0x1a00, 20): break
      case (0x0100, 64...), (0x0c00, 40...): guard reader.skip(2) else { return nil }
      case (0x0900, 20): guard reader.skip(8) else { return nil }
      default: return nil
      }
      guard let token = reader.copy(8), Set(token).count > 3 else { return nil }
      self.token = token
    }

    func isAnswered(by answer: Probe) -> Bool {
      session == answer.session && token == answer.token
        && (type == 0x1900 && answer.type == 0x1a00 || type == 0x0100 && answer.type == 0x0c00)
    }
  }
}
