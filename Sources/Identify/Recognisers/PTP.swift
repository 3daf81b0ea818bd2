import Flows
import Packets

extension Recogniser {
  /// Precision time: message lengths that the type fixes and the header repeats, reserved fields,
  /// one clock identity.
  static let ptp = Recogniser(
    name: "ptp", title: "Precision Time Protocol",
    specification: "IEEE 1588-2008 clause 13.3, IEEE 1588-2002 clause 8",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: PTPMessage.init),
      let first = talk.said.first
    else { return .no }
    guard talk.said.count > 1 || first.message.isTelling else { return .undecided }
    return .yes(
      Recognition(
        "ptp", Set(talk.said.map(\.side)).count == 2 ? .answered : .consistent,
        grounds: [first.ground("header with the length and the reserved fields of its type")],
        facts: [Fact(.version, "\(first.message.version)"), Fact(.message, first.message.name)],
        clientIs: nil))
  }

  /// One message.
  private struct PTPMessage {
    let version: UInt8
    let type: UInt8
    let isTelling: Bool

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), let second = reader.uint8(), let length = reader.uint16()
      else { return nil }
      // Version 1 opens with two numbers and the name of its domain.
      if first == 0, second == 1, length == 1, let domain = reader.copy(4) {
        guard ["_DFL", "_ALT"].contains(String(decoding: domain, as: UTF8.self)),
          datagram.length >= 60
        else { return nil }
        version = 1
        type = 0
        isTelling = true
        return
      }
      version = second & 15
      type = first & 15
      guard version == 2, second >> 4 <= 1, let least = Self.lengths[type], Int(length) >= least,
        Int(length) <= datagram.length, datagram.length - Int(length) <= 2,
        type >= 11 || Int(length) - least <= 64,
        reader.skip(1), reader.uint8() != nil, reader.skip(2), reader.uint64() != nil,
        let reserved = reader.uint32(),
        reader.uint64() != nil, let port = reader.uint16(), reader.skip(2),
        let control = reader.uint8()
      else { return nil }
      guard second >> 4 == 1 || reserved == 0, control <= 5, port != 0 || type == 12 else {
        return nil
      }
      let expected: UInt8 = [0: 0, 1: 1, 8: 2, 9: 3, 13: 4][type] ?? 5
      isTelling = control == expected || control == 0
      guard isTelling || second >> 4 == 1 else { return nil }
    }

    /// Message lengths (clause 13), at least.
    private static let lengths: [UInt8: Int] = [
      0: 44, 1: 44, 2: 54, 3: 54, 8: 44, 9: 54, 10: 54, 11: 64, 12: 44, 13: 48,
    ]

    var name: String {
      let names: [UInt8: String] = [
        0: "Sync", 1: "Delay_Req", 2: "Pdelay_Req", 3: "Pdelay_Resp", 8: "Follow_Up",
        9: "Delay_Resp",
        10: "Pdelay_Resp_Follow_Up", 11: "Announce", 12: "Signaling", 13: "Management",
      ]
      return names[type] ?? "\(type)"
    }
  }
}
