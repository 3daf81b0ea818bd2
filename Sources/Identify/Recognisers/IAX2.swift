import Flows
import Packets

extension Recogniser {
  /// Inter-Asterisk exchange: full frames whose information elements fill them, and answers to the
  /// call number that the other side chose.
  static let iax2 = Recogniser(
    name: "iax2", title: "Inter-Asterisk eXchange version 2", specification: "RFC 5456 section 8",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: IAX2Frame.init),
      let first = talk.said.first, first.message.isFull
    else { return .no }
    let pair = talk.pair {
      $0.isFull && $1.isFull && $0.source == $1.destination && $0.source != 0 && $0.type == 6
    }
    guard pair != nil || first.message.version == 2 else { return .undecided }
    var facts = [
      Fact(
        .message,
        first.message.type == 6 ? "IAX \(first.message.subclass)" : "\(first.message.type)")
    ]
    if let from = first.message.calling { facts.append(Fact(.from, from)) }
    if let to = first.message.called { facts.append(Fact(.to, to)) }
    return .yes(
      Recognition(
        "iax2", pair != nil ? .proven : .oneSided,
        grounds: [first.ground("full frame that its information elements fill")],
        facts: facts,
        clientIs: first.message.destination == 0 ? first.side : nil))
  }

  /// One frame.
  private struct IAX2Frame {
    let isFull: Bool
    let source: UInt16
    private(set) var destination: UInt16 = 0
    private(set) var type: UInt8 = 0
    private(set) var subclass: UInt8 = 0
    private(set) var version: UInt16?
    private(set) var calling: [UInt8]?
    private(set) var called: [UInt8]?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint16() else { return nil }
      isFull = first & 0x8000 != 0
      source = first & 0x7fff
      // Mini frames and trunks carry media only.
      guard isFull else { return }
      guard datagram.length >= 12, let second = reader.uint16(), reader.skip(6),
        let type = reader.uint8(),
        (1...12).contains(type), let subclass = reader.uint8()
      else { return nil }
      destination = second & 0x7fff
      self.type = type
      self.subclass = subclass
      guard type == 6 else { return }
      guard (1...0x28).contains(subclass) else { return nil }
      while reader.remaining > 0 {
        guard let element = reader.uint8(), let value = reader.vector8()
        else {
          if datagram.isWhole { return nil }
          return
        }
        switch element {
        case 1: called = value
        case 2: calling = value
        case 0x0b where value.count == 2: version = UInt16(value[0]) << 8 | UInt16(value[1])
        default: break
        }
      }
    }
  }
}
