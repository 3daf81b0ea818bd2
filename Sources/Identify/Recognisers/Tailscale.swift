import Flows
import Packets

extension Recogniser {
  /// Tailscale's discovery beside WireGuard: a mark, the sender's key, a nonce, and a sealed message; the key stays.
  static let tailscale = Recogniser(
    name: "tailscale", title: "Tailscale (discovery beside WireGuard)",
    specification: "tailscale source, disco/disco.go: frame format",
    transports: [.udp], basis: [.built]
  ) { conversation in
    let said = conversation.payloads(most: 32).compactMap { datagram in
      Frame(datagram).map { (datagram.turn, $0) }
    }
    guard let (turn, first) = said.first else { return .no }
    let sides = Set(said.map(\.0.side))
    for side in sides {
      let frames = said.filter { $0.0.side == side }.map(\.1)
      guard Set(frames.map(\.key)).count == 1 else { return .no }
      // The same frame again says nothing more.
      guard Set(frames.map(\.nonce)).count == frames.count || frames.count == 1 else {
        return .undecided
      }
    }
    guard sides.count == 2 || said.count > 1 else { return .undecided }
    let other = said.first { $0.0.side != turn.side }
    guard other?.1.key != first.key else { return .no }
    return .yes(
      Recognition(
        "tailscale", sides.count == 2 ? .answered : .consistent,
        grounds: [turn, other?.0].compactMap(\.self).map {
          Ground($0.side, $0.range.lowerBound, 38, "mark and key")
        }, refines: "wireguard", clientIs: nil))
  }

  /// A discovery frame.
  private struct Frame {
    let key: [UInt8]
    let nonce: [UInt8]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard datagram.length >= 80, let mark = reader.copy(6),
        mark == [0x54, 0x53, 0xf0, 0x9f, 0x92, 0xac], let key = reader.copy(32),
        let nonce = reader.copy(24), Set(key).count > 8
      else { return nil }
      self.key = key
      self.nonce = nonce
    }
  }
}
