import Flows
import Packets

extension Recogniser {
  /// ZeroTier: a packet's number, the receiver's address and the sender's, which the other side has the other way round.
  static let zeroTier = Recogniser(
    name: "zerotier", title: "ZeroTier virtual network",
    specification: "ZeroTierOne source, node/Packet.hpp: packet format",
    transports: [.udp], basis: [.built]
  ) { conversation in
    let said = conversation.payloads(most: 12).compactMap { datagram in
      Packet(datagram).map { (datagram.turn, $0) }
    }
    guard let (turn, one) = said.first else { return .no }
    for (other, two) in said where other.side != turn.side {
      guard one.source == two.destination, one.destination == two.source, one.number != two.number
      else { continue }
      return .yes(
        Recognition(
          "zerotier", .proven,
          grounds: [
            Ground(turn.side, turn.range.lowerBound, 19, "packet header"),
            Ground(other.side, other.range.lowerBound, 19, "addresses the other way round"),
          ], facts: [Fact(.from, text(one.source))], clientIs: nil))
    }
    return .undecided
  }

  /// Forty bits in hexadecimal.
  private static func text(_ address: [UInt8]) -> String {
    address.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Number, addresses, cipher and authentication.
  private struct Packet {
    let number: [UInt8]
    let destination: [UInt8]
    let source: [UInt8]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard datagram.length >= 28, let number = reader.copy(8), let destination = reader.copy(5),
        let source = reader.copy(5), let flags = reader.uint8(), flags >> 3 & 7 <= 3,
        destination != source
      else { return nil }
      // 0 and 0xff begin no address (node/Address.hpp: reserved), and equal bytes are padding.
      for address in [destination, source] {
        guard let first = address.first, first != 0, first != 0xff, Set(address).count > 2 else {
          return nil
        }
      }
      self.number = number
      self.destination = destination
      self.source = source
    }
  }
}
