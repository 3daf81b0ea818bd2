import Flows
import Packets

extension Recogniser {
  /// Component networks over IP: a header with the datagram's length, a type, and a session that stays.
  static let cnip = Recogniser(
    name: "cnip", title: "Component Network over IP (EIA-852)",
    specification: "ISO/IEC 14908-4 section 6: common CNIP header",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: Header.init), let first = talk.said.first
    else { return .no }
    var several = false
    for side in Side.allCases {
      let own = talk.said(by: side).map(\.message)
      guard Set(own.map(\.session)).count <= 1, Set(own.map(\.vendor)).count <= 1 else {
        return .no
      }
      // Numbers rise by one a packet; a clock that nobody set stays where it is.
      several =
        several
        || zip(own, own.dropFirst()).contains {
          $1.number > $0.number && $1.number - $0.number < 64
        }
    }
    let both = Set(talk.said.map(\.side)).count == 2
    guard several || both else { return .undecided }
    return .yes(
      Recognition(
        "cnip", both ? .answered : .consistent,
        grounds: [first.ground("common header with the length of the datagram")],
        clientIs: nil))
  }

  /// The common header.
  private struct Header {
    let vendor: UInt16
    let session: UInt32
    let number: UInt32

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let length = reader.uint16(), Int(length) == datagram.length, length >= 20,
        reader.uint8() == 1, let type = reader.uint8(), Self.types.contains(type),
        let extended = reader.uint8(), 20 + Int(extended) * 4 <= Int(length),
        let flags = reader.uint8(), flags & 0x1f <= 1, let vendor = reader.uint16(),
        let session = reader.uint32(), let number = reader.uint32(), reader.uint32() != nil
      else { return nil }
      self.vendor = vendor
      self.session = session
      self.number = number
    }

    /// Data, registration, configuration, membership, routing; requests for them; acknowledgement, statistics.
    private static let types: Set<UInt8> = [
      0x01, 0x03, 0x04, 0x06, 0x07, 0x08, 0x60, 0x61, 0x63, 0x64, 0x66, 0x68, 0x70, 0x71, 0x72,
      0x7f,
    ]
  }
}
