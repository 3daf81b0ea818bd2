import Flows
import Packets

extension Recogniser {
  /// BACnet/IP: a virtual link header whose length fills the datagram, then a network header of
  /// version 1.
  static let bacnet = Recogniser(
    name: "bacnet", title: "BACnet/IP", specification: "ANSI/ASHRAE 135 annex J.2",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: BACnetMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair {
      $0.invoke != nil && $0.invoke == $1.invoke && $0.kind == 0 && $1.kind != 0
    }
    let sides = Set(talk.said.map(\.side))
    guard pair != nil || talk.said.contains(where: \.message.isTelling) || sides.count == 2 else {
      return .undecided
    }
    let names = [
      "confirmed-request", "unconfirmed-request", "simple-ack", "complex-ack", "segment-ack",
      "error", "reject", "abort",
    ]
    let kind = first.message.kind.map { names.indices.contains($0) ? names[$0] : "\($0)" }
    return .yes(
      Recognition(
        "bacnet",
        pair != nil
          ? .answered : first.message.kind == 1 || talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [first.ground("link and network header")],
        facts: kind.map { [Fact(.message, $0)] } ?? [],
        clientIs: pair?.question.side ?? first.side))
  }

  /// One message.
  private struct BACnetMessage {
    /// The PDU type: 0 confirmed, 1 unconfirmed request, 2 and 3 answers, 5 to 7 errors.
    private(set) var kind: Int?
    private(set) var invoke: UInt8?
    private(set) var isTelling = false

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard reader.uint8() == 0x81, let function = reader.uint8(), function <= 12,
        let length = reader.uint16(),
        Int(length) == datagram.length
      else { return nil }
      switch function {
      case 0: guard length == 6 else { return nil }
      case 2, 6: guard length == 4 else { return nil }
      case 5: guard length == 6 else { return nil }
      case 1, 3, 7: guard (length - 4) % 10 == 0 else { return nil }
      case 8: guard length == 10 else { return nil }
      case 12: break
      default:
        if function == 4 { guard reader.skip(6) else { return nil } }
        guard reader.uint8() == 1, let control = reader.uint8(), control & 0x50 == 0 else {
          return nil
        }
        for bit: UInt8 in [0x20, 0x08] where control & bit != 0 {
          guard reader.skip(2), let count = reader.uint8(), count <= 7, reader.skip(Int(count))
          else { return nil }
        }
        if control & 0x20 != 0 { guard reader.skip(1) else { return nil } }
        isTelling = true
        guard control & 0x80 == 0 else { return }
        guard let first = reader.uint8(), first >> 4 <= 7 else { return nil }
        kind = Int(first >> 4)
        if kind == 0 { guard reader.skip(1) else { return } }
        if kind != 1 { invoke = reader.uint8() }
      }
    }
  }
}
