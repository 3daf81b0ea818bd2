import Flows
import Packets

extension Recogniser {
  /// KNXnet/IP: a header of six bytes, version 1.0, a known service, a length that fills the
  /// datagram.
  static let knxnetIP = Recogniser(
    name: "knxip", title: "KNXnet/IP", specification: "ISO 22510 clause 5.2",
    transports: [.udp, .tcp],
    basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .tcp { return stream(conversation) }
    guard let talk = Talk(conversation, most: 8, read: { service($0.bytes, length: $0.length) }),
      let first = talk.said.first
    else { return .no }
    let sides = Set(talk.said.map(\.side))
    let name = "0x" + first.message.hexadecimal
    return .yes(
      Recognition(
        "knxip",
        sides.count == 2
          ? .answered : talk.said.count > 1 || first.message == 0x0530 ? .consistent : .oneSided,
        grounds: [first.ground("header with version, service and the length of the datagram")],
        facts: [Fact(.message, name)], clientIs: first.side))
  }

  private static func stream(_ conversation: Conversation) -> Opinion {
    var services: [(Side, UInt16)] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      let bytes = conversation[side].bytes
      guard bytes.count >= 8 else {
        return [6, 0x10].starts(with: bytes.prefix(2)) ? .undecided : .no
      }
      let length = Int(bytes[4]) << 8 | Int(bytes[5])
      guard let service = service(bytes, length: length) else { return .no }
      services.append((side, service))
    }
    guard let first = services.first, services.count == 2 else { return .undecided }
    return .yes(
      Recognition(
        "knxip", .answered,
        grounds: [
          Ground(first.0, 0, 6, "header with version, service and the length of the datagram")
        ],
        facts: [Fact(.message, "0x" + first.1.hexadecimal)]))
  }

  private static func service(_ bytes: [UInt8], length: Int) -> UInt16? {
    var reader = Reader(bytes.span)
    guard reader.uint16() == 0x0610, let service = reader.uint16(), (2...9).contains(service >> 8),
      (0...0x60).contains(service & 0xff), let total = reader.uint16(), Int(total) == length,
      total >= 8
    else { return nil }
    return service
  }
}
