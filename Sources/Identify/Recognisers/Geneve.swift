import Flows
import Packets

extension Recogniser {
  /// Generic network virtualisation: version 0, options that fit their length, and an inner packet
  /// that holds together.
  static let geneve = Recogniser(
    name: "geneve", title: "Generic Network Virtualization Encapsulation",
    specification: "RFC 8926 section 3.4",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: network), let first = talk.said.first else {
      return .no
    }
    return .yes(
      Recognition(
        "geneve", .consistent, grounds: [first.ground("header and inner packet")],
        facts: [Fact(.session, "VNI \(first.message)")], clientIs: nil))
  }

  private static func network(_ datagram: Datagram) -> UInt32? {
    var reader = Reader(datagram.bytes.span)
    guard let first = reader.uint8(), first >> 6 == 0, let flags = reader.uint8(),
      flags & 0x3f == 0,
      let type = reader.uint16(), let network = reader.uint32(), network & 0xff == 0
    else { return nil }
    let end = 8 + Int(first & 0x3f) * 4
    while reader.offset < end {
      guard reader.uint16() != nil, reader.skip(1), let words = reader.uint8(),
        reader.skip(Int(words & 0x1f) * 4)
      else {
        return nil
      }
    }
    guard reader.offset == end else { return nil }
    let isInner =
      switch type {
      case 0x6558: Encapsulated.isEthernet(datagram.bytes, at: end, end: datagram.length)
      case 0x0800, 0x86dd: Encapsulated.isInternet(datagram.bytes, at: end, end: datagram.length)
      default: false
      }
    return isInner ? network >> 8 : nil
  }
}
