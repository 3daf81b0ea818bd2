import Flows
import Packets

extension Recogniser {
  /// Locator/identifier separation: map requests and registrations whose records fill the datagram,
  /// encapsulated control messages, user packets behind their header; replies repeat the nonce.
  static let lisp = Recogniser(
    name: "lisp", title: "Locator/ID Separation Protocol",
    specification: "RFC 9300 section 5, RFC 9301 section 5",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: LISPMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair {
      $0.nonce != nil && $0.nonce == $1.nonce && $0.nonce != 0 && $0.type != $1.type
    }
    // A user's packet alone has few bits of its own in front.
    guard pair != nil || talk.said.count > 1 || first.message.type != 0 else { return .undecided }
    return .yes(
      Recognition(
        "lisp", pair != nil ? .proven : .consistent,
        grounds: [first.ground("message that its records fill")],
        facts: [Fact(.message, first.message.name)], clientIs: pair?.question.side))
  }

  /// One message.
  private struct LISPMessage {
    let type: UInt8
    let nonce: UInt64?

    var name: String {
      let names: [UInt8: String] = [
        1: "Map-Request", 2: "Map-Reply", 3: "Map-Register", 4: "Map-Notify", 5: "Map-Notify-Ack",
        8: "Encapsulated Control Message",
      ]
      return names[type] ?? "data"
    }

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let head = reader.uint32() else { return nil }
      let kind = UInt8(head >> 28)
      if kind == 8, head & 0x03ff_ffff == 0,
        Encapsulated.isInternet(datagram.bytes, at: 4, end: datagram.length)
      {
        type = 8
        nonce = nil
        return
      }
      if (1...5).contains(kind), let number = reader.uint64(),
        Self.records(kind, head, &reader, datagram)
      {
        type = kind
        nonce = number
        return
      }
      // Data: flags of nonce, locator status, echo, version, instance; the lowest three are zero
      // (RFC 9300 section 5.3).
      let flags = head >> 24
      // An echo is asked for with a nonce; a map's version stands in the nonce's place.
      guard flags & 0x07 == 0, flags & 0xf8 != 0, flags & 0xa0 != 0x20, flags & 0x90 != 0x90,
        Encapsulated.isInternet(datagram.bytes, at: 8, end: datagram.length)
      else { return nil }
      type = 0
      nonce = nil
    }

    /// Whether records are there as the header counts them, and end where the datagram does.
    private static func records(
      _ kind: UInt8, _ head: UInt32, _ reader: inout Reader, _ datagram: Datagram
    ) -> Bool {
      let count = Int(head & 0xff)
      guard (1...32).contains(count), datagram.isWhole else { return false }
      if kind == 1 {
        guard address(&reader) else { return false }
        for _ in 0...Int(head >> 8 & 0x1f) { guard address(&reader) else { return false } }
        for _ in 0..<count {
          guard reader.uint8() != nil, let mask = reader.uint8(), mask <= 128, address(&reader)
          else { return false }
        }
        // A reply record of the asker's own may follow (the M bit).
        return reader.remaining == 0 || head & 0x0400_0000 != 0 && reader.remaining >= 12
      }
      if kind >= 3 {
        guard reader.skip(2), let size = reader.uint16(), size <= 64, reader.skip(Int(size)) else {
          return false
        }
      }
      for _ in 0..<count {
        guard reader.uint32() != nil, let locators = reader.uint8(), let mask = reader.uint8(),
          mask <= 128,
          reader.skip(4), address(&reader)
        else { return false }
        for _ in 0..<locators { guard reader.skip(6), address(&reader) else { return false } }
      }
      // The proxy's identifiers of the xTR may follow (RFC 9301 section 5.6): 16 and 8 bytes.
      return [0, 24].contains(reader.remaining)
    }

    /// An address behind its family: none, IPv4, IPv6, MAC, or LISP's canonical form.
    private static func address(_ reader: inout Reader) -> Bool {
      switch reader.uint16() {
      case 0: true
      case 1: reader.skip(4)
      case 2: reader.skip(16)
      case 6: reader.skip(6)
      case 16_387:
        if reader.skip(4), let size = reader.uint16() { reader.skip(Int(size)) } else { false }
      default: false
      }
    }
  }
}
