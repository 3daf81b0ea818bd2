import Flows
import Packets

extension Recogniser {
  /// Bidirectional forwarding detection: control packets of version 1 whose length fills the
  /// datagram, and whose discriminators each side repeats.
  static let bfd = Recogniser(
    name: "bfd", title: "Bidirectional Forwarding Detection", specification: "RFC 5880 section 4.1",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: BFDPacket.init), let first = talk.said.first
    else { return .no }
    let pair = talk.pair { $1.other == $0.own }
    let isSteady = talk.said.allSatisfy { said in
      talk.said.first { $0.side == said.side }?.message.own == said.message.own
    }
    guard pair != nil || isSteady else { return .no }
    let states = ["AdminDown", "Down", "Init", "Up"]
    return .yes(
      Recognition(
        // Each side sends at its own rhythm, whether the other is heard or not (RFC 5880 section 3.2).
        "bfd", pair != nil ? .proven : .consistent,
        grounds: [first.ground("control packet whose length fills the datagram")],
        facts: [Fact(.status, states[Int(first.message.state & 3)])],
        clientIs: nil))
  }

  /// One control packet.
  private struct BFDPacket {
    let own: UInt32
    let other: UInt32
    let state: UInt8

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), first >> 5 == 1, first & 0x1f <= 9,
        let flags = reader.uint8(),
        let multiplier = reader.uint8(), multiplier > 0, let length = reader.uint8(),
        Int(length) == datagram.length,
        flags & 4 != 0 ? length >= 26 : length == 24, flags & 1 == 0, let own = reader.uint32(),
        own != 0,
        let other = reader.uint32(), let desired = reader.uint32(), let required = reader.uint32(),
        let echo = reader.uint32()
      else { return nil }
      // At most a minute, in microseconds.
      guard max(desired, required, echo) <= 60_000_000 else { return nil }
      self.own = own
      self.other = other
      state = flags >> 6
      // Init and Up know the other side (section 6.8.6).
      guard other != 0 || state <= 1 else { return nil }
    }
  }
}
