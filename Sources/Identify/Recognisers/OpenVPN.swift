import Flows
import Packets

extension Recogniser {
  /// OpenVPN: a client's reset and a server's that repeats its session identifier, in UDP or behind
  /// lengths in TCP; where
  /// `tls-crypt` hides that, resets of both sides whose replay counters are one and whose times agree.
  static let openVPN = Recogniser(
    name: "openvpn", title: "OpenVPN",
    specification: "OpenVPN 2.x, protocol description of ssl_pkt.h",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    var packets: [(side: Side, offset: Int, packet: OpenVPNPacket)] = []
    if conversation.transport == .udp {
      guard
        let talk = Talk(
          conversation, most: 16, read: { OpenVPNPacket($0.bytes, length: $0.length) })
      else { return .no }
      packets = talk.said.map { ($0.side, $0.turn.range.lowerBound, $0.message) }
    } else {
      for side in Side.allCases {
        guard let read = framed(conversation[side], conversation.turns.first { $0.side == side })
        else { return .no }
        packets += read.map { (side, $0.0, $0.1) }
      }
    }
    guard let first = packets.first else { return .undecided }
    guard [1, 2, 7, 8, 10].contains(first.packet.operation) else { return .undecided }
    let ground = Ground(first.side, first.offset, 9, "reset")
    for other in packets where other.side != first.side {
      guard let echoed = other.packet.echoed else { continue }
      if packets.contains(where: { $0.side == first.side && $0.packet.session == echoed }) {
        return .yes(
          Recognition(
            "openvpn", .proven,
            grounds: [ground, Ground(other.side, other.offset, 9, "session identifier")],
            clientIs: client(first)))
      }
    }
    let answer = packets.first { $0.side != first.side && [2, 8].contains($0.packet.operation) }
    if let mine = first.packet.counter, let theirs = answer?.packet.counter, mine.number == 1,
      theirs.number == 1,
      max(mine.time, theirs.time) - min(mine.time, theirs.time) < 86_400
    {
      return .yes(Recognition("openvpn", .answered, grounds: [ground], clientIs: client(first)))
    }
    // Cut frames whose lengths add up on both sides, a reset of each kind.
    if conversation.transport == .tcp, let answer, [1, 7, 10].contains(first.packet.operation),
      [first, answer].allSatisfy({ isCut($0, conversation) })
    {
      return .yes(Recognition("openvpn", .answered, grounds: [ground], clientIs: client(first)))
    }
    // One reset alone tells by its session, too, which is random: letters and zeros are another protocol's.
    guard first.packet.isExact, [7, 10].contains(first.packet.operation),
      Set(first.packet.session).count >= 6, first.packet.session.count(where: { $0 == 0 }) < 2
    else { return .undecided }
    return .yes(Recognition("openvpn", .oneSided, grounds: [ground], clientIs: client(first)))
  }.orFromFirstBytes

  /// Whether a packet is all that was captured of its side.
  private static func isCut(
    _ heard: (side: Side, offset: Int, packet: OpenVPNPacket), _ conversation: Conversation
  ) -> Bool {
    conversation.turns.first { $0.side == heard.side }.map { !$0.isWhole } ?? false
  }

  private static func client(_ first: (side: Side, offset: Int, packet: OpenVPNPacket)) -> Side {
    [2, 8].contains(first.packet.operation) ? first.side.opposite : first.side
  }

  /// Packets behind lengths of two bytes; nil when one is none.
  private static func framed(_ side: SideBytes, _ turn: Turn?) -> [(Int, OpenVPNPacket)]? {
    guard side.beginsAtStart else { return side.bytes.isEmpty ? [] : nil }
    var reader = Reader(side.bytes.span)
    var packets: [(Int, OpenVPNPacket)] = []
    while packets.count < 8, let length = reader.uint16() {
      let start = reader.offset
      guard length >= 14 else { return nil }
      guard let bytes = reader.copy(Int(length)) else {
        // The frame was cut, and the length is that of its payload.
        guard packets.isEmpty, let turn, !turn.isWhole, turn.length == Int(length) + 2,
          let rest = reader.copy(reader.remaining),
          let packet = OpenVPNPacket(rest, length: Int(length))
        else { return packets }
        return [(start, packet)]
      }
      guard let packet = OpenVPNPacket(bytes, length: Int(length)) else { return nil }
      packets.append((start, packet))
    }
    return packets
  }
}
