import Flows
import Packets

extension Recogniser {
  /// Layer two tunnelling, versions 2 and 3: control messages whose length fills the datagram and
  /// whose first attribute is the message's type; answers go to the tunnel that the other side
  /// assigned.
  static let l2tp = Recogniser(
    name: "l2tp", title: "Layer Two Tunneling Protocol",
    specification: "RFC 2661 section 3, RFC 3931 section 4.1",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: L2TPMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { $0.assigned != nil && $0.assigned == $1.tunnel }
    let types = talk.said.compactMap(\.message.type)
    // Every datagram of both sides is a control message in full or carries PPP.
    let isBoth =
      Set(talk.said.map(\.side)).count == 2
      && talk.said.allSatisfy { $0.message.isControl || $0.message.isPPP }
    guard let type = types.first else { return data(talk) }
    var facts = [Fact(.message, L2TPMessage.name(of: type))]
    if let host = talk.said.lazy.compactMap(\.message.host).first {
      facts.append(Fact(.host, host))
    }
    return .yes(
      Recognition(
        "l2tp",
        pair != nil
          ? .proven : isBoth ? .answered : types.count > 1 ? .consistent : .oneSided,
        grounds: [first.ground("control message whose length fills the datagram, its type first")],
        facts: facts, clientIs: type == 1 ? first.side : nil))
  }

  /// A tunnel whose control connection was missed: packets of one session a side, whose content is PPP.
  private static func data(_ talk: Talk<L2TPMessage>) -> Opinion {
    let isSteady = Side.allCases.allSatisfy { side in
      Set(talk.said(by: side).map(\.message.session)).count <= 1
    }
    guard isSteady, talk.said.allSatisfy({ $0.message.isPPP }), talk.said.count >= 3,
      let first = talk.said.first
    else { return .undecided }
    return .yes(
      Recognition(
        "l2tp", Set(talk.said.map(\.side)).count == 2 ? .answered : .consistent,
        grounds: [first.ground("data messages of one session that carry PPP")],
        facts: [Fact(.session, "tunnel \(first.message.session >> 16)")], clientIs: nil))
  }

  /// One message.
  private struct L2TPMessage {
    private(set) var type: UInt16?
    /// Whether it is a control message, if only an empty one that acknowledges (RFC 2661 section 5.8).
    private(set) var isControl = false
    private(set) var tunnel: UInt32 = 0
    private(set) var assigned: UInt32?
    private(set) var host: [UInt8]?
    /// Tunnel and session of a data message.
    private(set) var session: UInt32 = 0
    /// Whether a data message carries PPP: address and control, if any, then a known protocol (RFC 1661 section 2).
    private(set) var isPPP = false

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let flags = reader.uint16(), [2, 3].contains(flags & 15), flags & 0x34f0 == 0 else {
        return nil
      }
      guard flags & 0x8000 != 0 else {
        // Data: length, tunnel and session, sequence numbers, offset, then PPP.
        guard flags & 0x4000 == 0 || reader.uint16().map({ Int($0) == datagram.length }) == true
        else { return nil }
        guard flags & 15 == 2, let session = reader.uint32(),
          reader.skip(flags & 0x0800 == 0 ? 0 : 4),
          flags & 0x0200 == 0 || reader.uint16().map({ reader.skip(Int($0)) }) == true
        else { return }
        self.session = session
        let start = datagram.bytes.dropFirst(reader.offset)
        let content = start.starts(with: [0xff, 0x03]) ? start.dropFirst(2) : start
        let number = content.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }
        isPPP =
          session != 0 && content.count > 2
          && [0x0021, 0x0057, 0x00fd, 0x8021, 0x8057, 0x80fd, 0xc021, 0xc023, 0xc223, 0xc227]
            .contains(number)
        return
      }
      // Control messages have length and sequence numbers, and no offset or priority.
      guard flags & 0x4b00 == 0x4800, let length = reader.uint16(), Int(length) == datagram.length,
        length >= 12,
        let identifier = reader.uint32(), reader.uint32() != nil
      else { return nil }
      isControl = true
      tunnel = flags & 15 == 2 ? identifier >> 16 : identifier
      var isFirst = true
      while reader.remaining > 0 {
        guard let head = reader.uint16(), head & 0x3c00 == 0, head & 0x3ff >= 6,
          let vendor = reader.uint16(),
          let attribute = reader.uint16(), let value = reader.copy(Int(head & 0x3ff) - 6)
        else {
          if datagram.isWhole || isFirst { return nil }
          return
        }
        if isFirst {
          guard vendor == 0, attribute == 0, value.count == 2, value[0] == 0,
            (1...28).contains(value[1])
          else { return nil }
          type = UInt16(value[1])
        }
        isFirst = false
        guard vendor == 0, head & 0x4000 == 0 else { continue }
        if attribute == 7 { host = value }
        if attribute == 9 || attribute == 61 { assigned = value.reduce(0) { $0 << 8 | UInt32($1) } }
      }
    }

    static func name(of type: UInt16) -> String {
      let names: [UInt16: String] = [
        1: "SCCRQ", 2: "SCCRP", 3: "SCCCN", 4: "StopCCN", 6: "Hello", 7: "OCRQ", 10: "ICRQ",
        11: "ICRP", 12: "ICCN",
        14: "CDN",
      ]
      return names[type] ?? "\(type)"
    }
  }
}
