import Flows
import Packets

extension Recogniser {
  /// KCP: segments whose lengths fill the datagram, with one of four commands and the same
  /// conversation number on both sides.
  static let kcp = Recogniser(
    name: "kcp", title: "KCP", specification: "KCP protocol, ikcp.h", transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 16, read: conversationNumber),
      let first = talk.said.first,
      talk.said.allSatisfy({ $0.message == first.message })
    else { return .no }
    let sides = Set(talk.said.map(\.side))
    return .yes(
      Recognition(
        "kcp", sides.count == 2 ? .answered : talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [first.ground("segments of one conversation whose lengths fill the datagram")],
        facts: [Fact(.session, first.message.hexadecimal)],
        clientIs: .client))
  }

  private static func conversationNumber(_ datagram: Datagram) -> UInt32? {
    var offset = 0
    var number: UInt32?
    for _ in 0..<128 where offset < datagram.length {
      var reader = Reader(datagram.bytes.span)
      guard reader.seek(to: offset), let conversation = reader.uint32LittleEndian(),
        let command = reader.uint8(),
        (81...84).contains(command), reader.skip(15), let size = reader.uint32LittleEndian(),
        size <= 65_536,
        number == nil || number == conversation, command == 81 || size == 0
      else { return nil }
      number = conversation
      offset += 24 + Int(size)
      if offset > datagram.bytes.count { break }
    }
    return offset == datagram.length || !datagram.isWhole && offset < datagram.length ? number : nil
  }
}
