import Flows
import Packets

extension Recogniser {
  /// Real-time transport: packets of one source whose sequence numbers step by one and whose clock
  /// moves; three at least, for one header says nothing.
  static let rtp = Recogniser(
    name: "rtp", title: "Real-time Transport Protocol",
    specification: "RFC 3550 section 5.1, RFC 4571",
    transports: [.udp, .tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    var streams: [Side: RTPStreams] = [:]
    var first: (side: Side, offset: Int, packet: RTPPacket)?
    func note(_ packet: RTPPacket, _ side: Side, _ offset: Int) {
      streams[side, default: RTPStreams()].note(packet)
      first = first ?? (side, offset, packet)
    }
    // Keep-alives and what opens the way through a NAT are of many kinds (RFC 6263).
    var others = 0
    if conversation.transport == .tcp {
      for side in Side.allCases {
        guard framed(conversation[side], { note($0, side, $1) }) else { return .no }
      }
    } else {
      for datagram in conversation.payloads(most: 48) {
        if let packet = RTPPacket(datagram.bytes, length: datagram.length) {
          note(packet, datagram.turn.side, datagram.turn.range.lowerBound)
        } else if !sharesPort(datagram) {
          others += 1
          if datagram.bytes.first.map({ (0x80...0xbf).contains($0) }) == true { return .no }
        }
      }
    }
    guard let first else { return .undecided }
    let lengths = streams.values.map(\.longest)
    guard streams.values.allSatisfy({ $0.strays == 0 || $0.longest > $0.strays * 4 }) else {
      return .no
    }
    guard let most = lengths.max(), most >= 3, most >= others * 4 else {
      return others > 4 ? .no : .undecided
    }
    let strength: Recognition.Strength =
      lengths.filter { $0 >= 3 }.count == 2 ? .answered : .consistent
    return .yes(
      Recognition(
        "rtp", strength, grounds: [Ground(first.side, first.offset, 12, "RTP header")],
        facts: [
          Fact(.codec, "\(first.packet.payloadType)"),
          Fact(.session, first.packet.source.hexadecimal),
        ], clientIs: nil))
  }

  /// Whether a datagram is of another protocol that may share RTP's port (RFC 7983): STUN, DTLS,
  /// RTCP, a keep-alive.
  private static func sharesPort(_ datagram: Datagram) -> Bool {
    datagram.length <= 4
      || STUNMessage(datagram.bytes, mustEndAt: datagram.length)?.hasCookie == true
      || DTLSDatagram(datagram) != nil || RTCPCompound(datagram) != nil
  }

  /// Packets behind lengths of two bytes (RFC 4571 section 2); false when bytes contradict.
  private static func framed(_ side: SideBytes, _ note: (RTPPacket, Int) -> Void) -> Bool {
    guard side.beginsAtStart else { return side.bytes.isEmpty }
    var reader = Reader(side.bytes.span)
    var count = 0
    while count < 48, let length = reader.uint16() {
      let start = reader.offset
      guard length >= 12 else { return false }
      guard let bytes = reader.copy(Int(length)) else { return true }
      if let packet = RTPPacket(bytes, length: bytes.count) {
        note(packet, start)
      } else if RTCPCompound(bytes, length: bytes.count) == nil {
        return false
      }
      count += 1
    }
    return true
  }
}
