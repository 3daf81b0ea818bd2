import Flows
import Packets

extension Recogniser {
  /// Remote desktop over UDP: a padded SYN with a sequence number that the answer acknowledges, or
  /// data that the other side acknowledges.
  static let rdpUDP = Recogniser(
    name: "rdpudp", title: "Remote Desktop Protocol over UDP",
    specification: "MS-RDPEUDP section 2.2", transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 2, read: RDPUDPPacket.init),
      let first = talk.said.first
    else { return .no }
    if let pair = talk.pair(where: {
      $0.sequence != nil && $0.sequence == $1.acknowledged && $0.isSYN == $1.isSYN
    }) {
      return .yes(
        Recognition(
          "rdpudp", .proven,
          grounds: [
            pair.question.ground("sequence number"), pair.answer.ground("acknowledgement"),
          ],
          clientIs: pair.question.message.isSYN ? pair.question.side : nil))
    }
    guard first.message.isSYN, first.message.acknowledged == .max,
      talk.said.count == 1 || talk.said[1].side == first.side
    else { return .undecided }
    return .yes(
      Recognition("rdpudp", .oneSided, grounds: [first.ground("SYN")], clientIs: first.side))
  }

  /// One datagram's header.
  private struct RDPUDPPacket {
    let acknowledged: UInt32
    let isSYN: Bool
    let sequence: UInt32?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let acknowledged = reader.uint32(), let window = reader.uint16(), window > 0,
        let flags = reader.uint16()
      else {
        return nil
      }
      self.acknowledged = acknowledged
      isSYN = flags & 1 != 0
      if isSYN {
        // Padded to the smaller of the two sizes that it proposes (section 3.1.5.1.1).
        guard flags & 0xe0fa & ~0x1000 == 0 || flags & 0x00fa == 0, let sequence = reader.uint32(),
          let up = reader.uint16(), let down = reader.uint16(), (1_132...1_232).contains(up),
          (1_132...1_232).contains(down),
          datagram.length >= 1_132, acknowledged == .max || flags & 4 != 0
        else { return nil }
        self.sequence = sequence
        return
      }
      guard flags & 4 != 0, flags & 0x00f0 == 0 || flags & 8 != 0 else { return nil }
      guard flags & 8 != 0 else {
        sequence = nil
        return
      }
      // An acknowledgement vector, padded to four bytes, then the source packet's numbers.
      guard let count = reader.uint16(), count <= 64, reader.skip((Int(count) + 5) / 4 * 4 - 2),
        let coded = reader.uint32(),
        let start = reader.uint32(), coded == start
      else { return nil }
      sequence = start
    }
  }
}
