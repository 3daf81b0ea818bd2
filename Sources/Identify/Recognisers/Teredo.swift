import Flows
import Packets

extension Recogniser {
  /// Teredo: IPv6 packets bare in UDP, perhaps behind an authentication or origin indication, with
  /// an address of Teredo's prefix or of its link-local form.
  static let teredo = Recogniser(
    name: "teredo", title: "Teredo", specification: "RFC 4380 section 5.1.1", transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: packet), let first = talk.said.first else {
      return .no
    }
    guard talk.said.contains(where: { $0.message.isTeredo }) else { return .undecided }
    let sides = Set(talk.said.map(\.side))
    return .yes(
      Recognition(
        "teredo", sides.count == 2 ? .answered : .consistent,
        grounds: [first.ground("IPv6 packet")],
        clientIs: first.message.isSolicitation ? first.side : nil))
  }

  private struct TeredoPacket {
    let isTeredo: Bool
    let isSolicitation: Bool
  }

  private static func packet(_ datagram: Datagram) -> TeredoPacket? {
    var reader = Reader(datagram.bytes.span)
    var isIndicated = false
    // The indications (section 5.1.1): authentication, then origin.
    if reader.peek() == 0, reader.peek(1) == 1 {
      guard reader.skip(2), let identifier = reader.uint8(), let value = reader.uint8(),
        reader.skip(Int(identifier) + Int(value) + 9)
      else { return nil }
      isIndicated = true
    }
    if reader.peek() == 0, reader.peek(1) == 0 {
      guard reader.skip(8) else { return nil }
      isIndicated = true
    }
    let start = reader.offset
    guard Encapsulated.isInternet(datagram.bytes, at: start, end: datagram.length),
      reader.peek().map({ $0 >> 4 }) == 6,
      reader.skip(6), let next = reader.uint8(), reader.skip(1), let source = reader.copy(16),
      let destination = reader.copy(16)
    else { return nil }
    let addresses = [source, destination]
    let isTeredo = addresses.contains {
      $0.starts(with: [0x20, 1, 0, 0]) || $0.starts(with: [0x3f, 0xfe, 0x83, 0x1f])
    }
    let isLocal = source.starts(with: [0xfe, 0x80, 0, 0, 0, 0, 0, 0])
    return TeredoPacket(
      isTeredo: isTeredo || isLocal && isIndicated,
      isSolicitation: next == 58 && reader.peek() == 133)
  }
}
