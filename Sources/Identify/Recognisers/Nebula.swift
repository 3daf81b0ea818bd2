import Flows
import Packets

extension Recogniser {
  /// Nebula, the overlay network: a header of version, type, the receiver's index and a counter; the handshake's answer
  /// goes to the index that its request told.
  static let nebula = Recogniser(
    name: "nebula", title: "Nebula (overlay network)",
    specification: "slackhq/nebula, header/header.go and nebula.proto",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 24, read: Header.init), let first = talk.said.first
    else { return .no }
    let pair = talk.pair {
      $0.kind == 0 && $0.counter == 1 && $1.kind == 0 && $1.counter == 2
        && ($0.initiator == nil || $0.initiator == $1.index)
    }
    if let pair {
      let isEchoed = pair.question.message.initiator != nil
      return .yes(
        Recognition(
          "nebula", isEchoed ? .proven : .answered,
          grounds: [
            pair.question.ground("handshake's request"),
            pair.answer.ground(
              isEchoed ? "handshake's answer to the index that was told" : "handshake's answer"),
          ], facts: [Fact(.message, "handshake")], clientIs: pair.question.side))
    }
    // A request that nobody answers shows its index where a certificate is in clear.
    if first.message.kind == 0, first.message.initiator != nil, talk.said.count == 1 {
      return .yes(
        Recognition(
          "nebula", .oneSided, grounds: [first.ground("handshake's request with its index")],
          facts: [Fact(.message, "handshake")], clientIs: first.side))
    }
    // Under way each side sends to one index, and its counter rises with every packet.
    var count = 0
    for side in Side.allCases {
      let own = talk.said(by: side).map(\.message).filter { $0.kind != 0 && $0.kind != 2 }
      guard Set(own.map(\.index)).count <= 1 else { return .undecided }
      for (one, next) in zip(own, own.dropFirst()) {
        guard next.counter > one.counter, next.counter - one.counter < 256 else {
          return .undecided
        }
        count += 1
      }
    }
    let sides = Set(talk.said.map(\.side)).count
    guard count >= (sides == 2 ? 4 : 8) else { return .undecided }
    return .yes(
      Recognition(
        "nebula", .consistent,
        grounds: [first.ground("header of one index whose counter rises by one a packet")],
        clientIs: nil))
  }

  /// The sixteen bytes in front of each packet.
  private struct Header {
    let kind: UInt8
    let index: UInt32
    let counter: UInt64
    /// The index that a handshake's request tells, where its content is in clear.
    private(set) var initiator: UInt32?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), first >> 4 == 1, let subtype = reader.uint8(),
        reader.uint16() == 0, let index = reader.uint32(), let counter = reader.uint64()
      else { return nil }
      kind = first & 15
      self.index = index
      self.counter = counter
      switch kind {
      case 0:
        // Noise: the request has no index to go to; keys of 32 bytes stand in front of what is said.
        guard subtype <= 1, (1...3).contains(counter), (index == 0) == (counter == 1),
          datagram.length >= 48
        else { return nil }
        if counter == 1 { initiator = Self.index(in: datagram.bytes.dropFirst(16 + 64)) }
      case 2: guard subtype == 0, datagram.length == 16 else { return nil }
      // Everything else is encrypted and ends with a tag of 16 bytes.
      case 1, 3, 4, 5, 6:
        guard subtype <= 1, index != 0, counter > 0, counter < 1 << 48, datagram.length >= 32 else {
          return nil
        }
      default: return nil
      }
    }

    /// The initiator's index in a NebulaHandshake.
    private static func index(in bytes: ArraySlice<UInt8>) -> UInt32? {
      guard let details = ProtocolBuffer(bytes)?.bytes(of: 1),
        let fields = ProtocolBuffer(details), fields.bytes(of: 1) != nil,
        let index = fields.entries.first(where: { $0.number == 2 })?.value
      else { return nil }
      return UInt32(exactly: index)
    }
  }
}
