import Flows
import Packets

extension Recogniser {
  /// OICQ (QQ): between 2 and 3 a version, a command, a sequence number that the answer repeats, and the user's number.
  static let oicq = Recogniser(
    name: "oicq", title: "OICQ (Tencent QQ)",
    specification: "OICQ packet header (unpublished; as observed)",
    transports: [.udp], basis: [.built]
  ) { conversation in
    let asked = conversation.datagrams(from: .client).prefix(16).map(OICQPacket.init)
    let answered = conversation.datagrams(from: .server).prefix(16).map(OICQPacket.init)
    if asked.contains(where: \.isWrong) || answered.contains(where: \.isWrong) { return .no }
    guard let first = asked.first else { return .undecided }
    let isEchoed = answered.contains { answer in
      asked.contains { $0.command == answer.command && $0.sequence == answer.sequence }
    }
    let isSame =
      asked.count >= 3 && Set(asked.map(\.user)).count == 1 && Set(asked.map(\.sequence)).count >= 2
    guard isEchoed || isSame, first.user != 0 else { return .undecided }
    return .yes(
      Recognition(
        "oicq", isEchoed ? .answered : .consistent,
        grounds: [
          Ground(.client, 0, 11, "packet between its marks, with command and sequence number")
        ]
          + (isEchoed
            ? [Ground(.server, 0, 7, "packet between its marks, with command and sequence number")]
            : []),
        facts: [Fact(.user, String(first.user)), Fact(.message, String(first.command))]))
  }.orFromFirstBytes
}

/// A datagram of OICQ.
private struct OICQPacket {
  var command = 0
  var sequence = 0
  var user = 0
  var isWrong = false

  init(_ datagram: Datagram) {
    let bytes = datagram.bytes
    // The commands that clients and servers were seen to use end at 0x01ff.
    guard bytes.first == 2, datagram.length >= 12, let command = bytes.bigEndian(at: 3, 2),
      let sequence = bytes.bigEndian(at: 5, 2), let user = bytes.bigEndian(at: 7, 4),
      (1...0x1ff).contains(command) || command == 0x3f7,
      !datagram.isWhole || bytes.last == 3
    else {
      isWrong = true
      return
    }
    self.command = command
    self.sequence = sequence
    self.user = user
  }
}
