import Flows
import Packets

extension Recogniser {
  /// WireGuard: four message types with three zero bytes, exact lengths, and receiver indices that
  /// repeat the sender's.
  static let wireGuard = Recogniser(
    name: "wireguard", title: "WireGuard", specification: "WireGuard white paper section 5.4",
    transports: [.udp],
    basis: [.recorded, .built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: WireGuardMessage.init), let first = talk.said.first
    else { return .no }
    let ground = first.ground("message of its type's exact length")
    if let pair = talk.pair(where: { $0.sender != nil && $1.receiver == $0.sender }) {
      return .yes(
        Recognition(
          "wireguard", .proven,
          grounds: [pair.question.ground("sender index"), pair.answer.ground("receiver index")],
          clientIs: pair.question.message.type == 1 ? pair.question.side : nil))
    }
    if first.message.type == 1 {
      guard first.message.isPadded else { return .undecided }
      let isRepeated = talk.said.count > 1 && talk.said.allSatisfy { $0.message.type == 1 }
      // Only an initiation under load carries a second authentication code; else its 16 bytes are
      // zero.
      guard first.message.isPlain || isRepeated else { return .undecided }
      return .yes(
        Recognition(
          "wireguard", isRepeated ? .consistent : .oneSided, grounds: [ground], clientIs: first.side
        ))
    }
    // Data only: one index a side, counters that rise.
    var most = 0
    for side in Side.allCases {
      let data = talk.said(by: side).map(\.message)
      guard data.allSatisfy({ $0.type == 4 && $0.isPadded && $0.receiver == data.first?.receiver })
      else {
        return .undecided
      }
      for (earlier, later) in zip(data, data.dropFirst()) {
        guard later.counter != earlier.counter, later.counter < earlier.counter &+ 100_000 else {
          return .no
        }
      }
      most = max(most, data.count)
    }
    guard most >= 3 else { return .undecided }
    return .yes(Recognition("wireguard", .consistent, grounds: [ground], clientIs: nil))
  }

  /// A message's clear fields.
  private struct WireGuardMessage {
    let type: UInt8
    let sender: UInt32?
    let receiver: UInt32?
    let counter: UInt64
    let isPlain: Bool
    /// Whether the length is the specification's: a fixed one, or blocks of 16. Some services bend
    /// it.
    let isPadded: Bool

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let type = reader.uint8(), reader.uint24() == 0, let index = reader.uint32LittleEndian()
      else { return nil }
      self.type = type
      isPadded = type == 1 ? datagram.length == 148 : datagram.length % 16 == 0
      isPlain = datagram.isWhole && datagram.bytes.suffix(16).allSatisfy { $0 == 0 }
      var counter: UInt64 = 0
      switch (type, datagram.length) {
      case (1, 148...):
        sender = index
        receiver = nil
      case (2, 92...):
        sender = index
        receiver = reader.uint32LittleEndian()
      case (3, 64):
        sender = nil
        receiver = index
      case (4, 32...):
        guard let value = reader.uint64LittleEndian(), value < 1 << 48 else { return nil }
        counter = value
        sender = nil
        receiver = index
      default: return nil
      }
      self.counter = counter
    }
  }
}
