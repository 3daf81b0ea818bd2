import Flows
import Packets

extension Recogniser {
  /// Remote management control: version 6, then ASF with its enterprise number or IPMI with its two
  /// checksums.
  static let rmcp = Recogniser(
    name: "rmcp", title: "Remote Management Control Protocol",
    specification: "ASF 2.0 section 3.2, IPMI 2.0 section 13",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: RMCPMessage.init),
      let first = talk.said.first
    else { return .no }
    let sides = Set(talk.said.map(\.side))
    let isProven = talk.said.contains { $0.message == .summed }
    return .yes(
      Recognition(
        "rmcp", isProven ? .proven : sides.count == 2 ? .answered : .oneSided,
        grounds: [first.ground("message of ASF or IPMI, its lengths and checksums right")],
        facts: [Fact(.message, first.message == .asf ? "ASF" : "IPMI")], clientIs: .client))
  }

  private enum RMCPMessage {
    case asf
    case session
    case summed

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard reader.uint8() == 6, reader.uint8() == 0, reader.skip(1), let kind = reader.uint8()
      else { return nil }
      switch kind & 0x1f {
      case 6:
        // ASF: enterprise 4542, type, tag, reserved, length of the data.
        guard kind & 0x80 != 0 || reader.uint32() == 4_542, kind & 0x80 == 0, reader.skip(2),
          reader.uint8() == 0,
          let length = reader.uint8(), 12 + Int(length) == datagram.length
        else { return nil }
        self = .asf
      case 7:
        guard kind & 0x80 == 0, let authentication = reader.uint8(),
          let start = Self.payload(authentication, &reader)
        else {
          return nil
        }
        if authentication == 6 {
          guard let length = reader.uint16LittleEndian(), start + Int(length) <= datagram.length,
            datagram.length - start - Int(length) <= 32
          else { return nil }
          self = .session
          return
        }
        guard let length = reader.uint8(), reader.offset + Int(length) == datagram.length,
          length >= 7,
          let message = reader.copy(Int(length)), let end = message.last
        else { return nil }
        // Both checksums make their part's sum zero (section 13.8).
        guard message.prefix(3).reduce(0, &+) == 0,
          message.dropFirst(3).dropLast().reduce(end, &+) == 0
        else { return nil }
        self = .summed
      default: return nil
      }
    }

    /// Passes the session header of IPMI and gives where a payload of version 2 begins.
    private static func payload(_ authentication: UInt8, _ reader: inout Reader) -> Int? {
      switch authentication {
      case 0: reader.skip(8) ? reader.offset : nil
      case 1, 2, 4, 5: reader.skip(24) ? reader.offset : nil
      case 6:
        if let type = reader.uint8(),
          [0, 1, 2, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15].contains(type & 0x3f), reader.skip(8)
        {
          reader.offset + 2
        } else {
          nil
        }
      default: nil
      }
    }
  }
}
