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
        grounds: [(telling.first ?? first).ground((telling.first ?? first).message.what)],
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
    /// What the bytes are.
    private(set) var what = "header"

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
      if !isFragment, flags & 0x100 != 0, flags >> 9 & 0x1f == 1, datagram.isWhole {
        isTelling = Self.isManagementFrame(datagram.bytes[header...])
        if isTelling { what = "data header and an IEEE 802.11 management frame that it fills" }
        return
      }
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

    /// Whether a data packet's content (RFC 5416 section 2.2) is a management frame of IEEE 802.11 whose elements add up
    /// to its end. Some controllers send the two bytes of its frame control the other way round.
    private static func isManagementFrame(_ bytes: ArraySlice<UInt8>) -> Bool {
      let control = Array(bytes.prefix(2))
      guard control.count == 2, control[0] == 0 || control[1] == 0,
        // Bytes in front of the elements: association and probe requests and responses, beacon.
        let fixed = [0x00: 4, 0x10: 6, 0x20: 10, 0x40: 0, 0x50: 12, 0x80: 12][
          control[0] | control[1]]
      else { return false }
      // Duration, three addresses and the sequence control.
      var walk = ByteWalk(bytes)
      guard (try? walk.skip(24 + fixed)) != nil else { return false }
      var elements = 0
      while walk.remaining > 0 {
        guard (try? walk.skip(1)) != nil, let length = try? walk.uint8(),
          (try? walk.skip(Int(length))) != nil
        else { return false }
        elements += 1
      }
      return elements >= 2
    }
  }
}
