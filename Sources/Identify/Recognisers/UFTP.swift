import Flows
import Packets

extension Recogniser {
  /// UFTP, multicast file transfer: a header whose function the message behind it repeats, with its own length in words.
  static let uftp = Recogniser(
    name: "uftp", title: "UDP based FTP with multicast",
    specification: "UFTP 4 and 5 protocol specification, sections 3 and 4",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 16, read: Packet.init),
      let first = talk.said.first
    else { return .no }
    let groups = Set(talk.said.map(\.message.group))
    guard groups.count == 1 else { return .no }
    let own = talk.said(by: first.side).map(\.message)
    guard Set(own.map(\.source)).count == 1,
      Set(own.map(\.number)).count > 1 || talk.said.count > own.count
    else { return .undecided }
    return .yes(
      Recognition(
        "uftp", talk.said.count > own.count ? .answered : .consistent,
        grounds: [first.ground("UFTP header and message header")],
        facts: [
          Fact(.version, "\(first.message.version)"),
          Fact(.session, "group \(first.message.group)"),
        ],
        clientIs: nil))
  }

  /// A packet in the clear.
  private struct Packet {
    let version: UInt8
    let number: UInt16
    let source: UInt32
    let group: UInt32

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let version = reader.uint8(), version == 0x40 || version == 0x50,
        let function = reader.uint8(), (1...21).contains(function), let number = reader.uint16(),
        let source = reader.uint32(), let group = reader.uint32(), reader.skip(3),
        reader.uint8() == 0, group != 0 || (14...17).contains(function), source != 0,
        reader.uint8() == function, let words = reader.uint8(), words > 0,
        16 + Int(words) * 4 <= datagram.length
      else { return nil }
      self.version = version >> 4
      self.number = number
      self.source = source
      self.group = group
    }
  }
}
