import Flows
import Packets

extension Recogniser {
  /// Packet forwarding control: version 1, a length and information elements that fill the
  /// datagram, responses that repeat the sequence number.
  static let pfcp = Recogniser(
    name: "pfcp", title: "Packet Forwarding Control Protocol",
    specification: "3GPP TS 29.244 section 7.2",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: PFCPMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { $0.sequence == $1.sequence && $1.type == $0.type &+ 1 }
    guard pair != nil || talk.said.contains(where: { $0.message.elements > 0 }) else {
      return .undecided
    }
    return .yes(
      Recognition(
        "pfcp", pair != nil ? .answered : talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [
          (pair?.question ?? first).ground("header whose length the information elements fill")
        ],
        facts: [Fact(.message, "\(first.message.type)")],
        clientIs: pair?.question.side))
  }

  /// One message.
  private struct PFCPMessage {
    let type: UInt8
    let sequence: UInt32
    private(set) var elements = 0

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let flags = reader.uint8(), flags >> 5 == 1, flags & 0x18 == 0,
        let type = reader.uint8(),
        (1...18).contains(type) || (50...57).contains(type), let length = reader.uint16()
      else { return nil }
      self.type = type
      let end = Int(length) + 4
      guard flags & 4 != 0 ? end < datagram.length : end == datagram.length else { return nil }
      // Sessions' messages carry their endpoint's identifier.
      guard type < 50 || flags & 1 != 0, flags & 1 == 0 || reader.skip(8),
        let number = reader.uint32()
      else { return nil }
      sequence = number >> 8
      while reader.offset < end, reader.remaining > 0, elements < 128 {
        guard let type = reader.uint16(), (1...400).contains(type) || type >= 0x8000,
          let size = reader.uint16(),
          reader.skip(Int(size)), reader.offset <= end
        else {
          if datagram.isWhole { return nil }
          return
        }
        elements += 1
      }
    }
  }
}
