import Flows
import Packets

extension Recogniser {
  /// Virtual extensible LAN: a flag for the network identifier and an Ethernet frame whose inside
  /// holds together. Each direction is a flow of its own.
  static let vxlan = Recogniser(
    name: "vxlan", title: "Virtual eXtensible Local Area Network",
    specification: "RFC 7348 section 5",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard
      let talk = Talk(
        conversation, most: 8,
        read: { datagram -> UInt32? in
          var reader = Reader(datagram.bytes.span)
          // Reserved fields may be used by extensions; then the frame alone must tell.
          guard let flags = reader.uint32(), flags & 0x0800_0000 != 0,
            // An EtherType there is GENEVE's.
            ![0x6558, 0x0800, 0x86dd].contains(flags & 0xffff),
            let network = reader.uint32(),
            Encapsulated.isEthernet(datagram.bytes, at: 8, end: datagram.length)
          else { return nil }
          return network >> 8
        }), let first = talk.said.first
    else { return .no }
    return .yes(
      Recognition(
        "vxlan", .consistent, grounds: [first.ground("header and Ethernet frame")],
        facts: [Fact(.session, "VNI \(first.message)")], clientIs: nil))
  }
}
