import Flows
import Packets

extension Recogniser {
  /// Control of wireless access points: a header whose length is in words, then a control message
  /// whose elements fill the datagram, or DTLS records, or a wireless frame.
  static let capwap = Recogniser(
    name: "capwap", title: "Control And Provisioning of Wireless Access Points",
    specification: "RFC 5415 section 4",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: CAPWAPPacket.init),
      let first = talk.said.first
    else { return .no }
    let telling = talk.said.filter { $0.message.isTelling }
    guard !telling.isEmpty else { return .undecided }
    let pair = talk.pair { question, answer in
      guard let asked = question.type, let told = answer.type else { return false }
      return told == asked &+ 1 && question.sequence == answer.sequence
    }
    let sides = Set(telling.map(\.side))
    return .yes(
      Recognition(
        "capwap",
        pair != nil || sides.count == 2 ? .answered : telling.count > 1 ? .consistent : .oneSided,
        grounds: [(telling.first ?? first).ground("header")],
        facts: telling.first?.message.type.map { [Fact(.message, name(ofMessage: $0))] } ?? [],
        clientIs: telling.first?.message.type.map { $0 % 2 == 1 } == true
          ? telling.first?.side : nil))
  }

  private static func name(ofMessage type: UInt32) -> String {
    let names: [UInt32: String] = [
      1: "Discovery Request", 2: "Discovery Response", 3: "Join Request", 4: "Join Response",
      5: "Configuration Status Request", 6: "Configuration Status Response",
      7: "Configuration Update Request",
      9: "WTP Event Request", 11: "Change State Event Request", 13: "Echo Request",
      14: "Echo Response",
      20: "Primary Discovery Request", 22: "Data Transfer Request",
    ]
    return names[type] ?? "\(type)"
  }

  /// One packet.
  private struct CAPWAPPacket {
    /// The control message's type; nil in data and DTLS.
    private(set) var type: UInt32?
    private(set) var sequence: UInt8 = 0
    private(set) var isTelling = false

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let preamble = reader.uint8(), preamble <= 1 else { return nil }
      if preamble == 1 {
        guard reader.uint24() == 0, datagram.bytes.count > 17,
          DTLSDatagram(
            Datagram(
              bytes: Array(datagram.bytes[4...]), length: datagram.length - 4, turn: datagram.turn))
            != nil
        else { return nil }
        isTelling = true
        return
      }
      guard let flags = reader.uint24(), reader.skip(4) else { return nil }
      let header = Int(flags >> 19) * 4
      // At least the eight bytes of the fixed part; the highest binding is IEEE 802.11.
      guard (8...64).contains(header), flags >> 9 & 0x1f <= 4, flags & 7 == 0,
        reader.seek(to: header)
      else { return nil }
      let isFragment = flags & 0x80 != 0
      guard !isFragment, let type = reader.uint32(), (1...26).contains(type),
        let sequence = reader.uint8(),
        let length = reader.uint16(), reader.uint8() == 0
      else { return }
      // The element length counts itself and the flags too.
      guard Int(length) == datagram.length - header - 5 else { return }
      self.type = type
      self.sequence = sequence
      while reader.remaining > 0 {
        guard let element = reader.uint16(), element > 0, let size = reader.uint16(),
          reader.skip(Int(size))
        else {
          if datagram.isWhole { return nil }
          return
        }
        isTelling = true
      }
    }
  }
}
