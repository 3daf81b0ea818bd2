import Flows
import Packets

extension Recogniser {
  /// Among Us over the Hazel library: a hello numbered 1, and its acknowledgement with that number.
  static let hazel = Recogniser(
    name: "amongus", title: "Among Us (Hazel networking)",
    specification: "Hazel-Networking source, UdpConnection.cs and UdpConnection.Reliable.cs",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let first = conversation.firstDatagram, first.bytes.starts(with: [8, 0, 1, 0]),
      (5...1_200).contains(first.length)
    else { return .no }
    for datagram in conversation.payloads(most: 8) where datagram.turn.side != first.turn.side {
      // An acknowledgement tells the eight numbers before it as received.
      guard datagram.bytes == [10, 0, 1, 0xff] else { continue }
      return .yes(
        Recognition(
          "amongus", .answered,
          grounds: [
            Ground(first.turn.side, first.turn.range.lowerBound, 4, "hello"),
            Ground(datagram.turn.side, datagram.turn.range.lowerBound, 4, "acknowledgement"),
          ], clientIs: first.turn.side))
    }
    return .undecided
  }
}
