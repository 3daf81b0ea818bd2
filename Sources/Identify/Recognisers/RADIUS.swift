import Flows
import Packets

extension Recogniser {
  /// Remote authentication: a length that fills the datagram, attributes that fill the length, an
  /// answer with the identifier and a code that fits the request's.
  static let radius = Recogniser(
    name: "radius", title: "Remote Authentication Dial In User Service",
    specification: "RFC 2865 section 3, RFC 5176",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: RADIUSPacket.init), let first = talk.said.first else {
      return .no
    }
    let pair = talk.pair { $0.identifier == $1.identifier && $0.isAnswered(by: $1.code) }
    guard pair != nil || first.message.types.count >= 2 else { return .undecided }
    let strength: Recognition.Strength =
      pair != nil ? .answered : talk.said.count > 1 ? .consistent : .oneSided
    var facts = [Fact(.message, first.message.name)]
    if let user = talk.said.lazy.compactMap(\.message.user).first {
      facts.append(Fact(.user, user))
    }
    return .yes(
      Recognition(
        "radius", strength,
        grounds: [(pair?.question ?? first).ground("packet whose length the attributes fill")],
        facts: facts,
        clientIs: pair?.question.side
          ?? (first.message.isRequest ? first.side : first.side.opposite)))
  }

  /// One packet.
  private struct RADIUSPacket {
    let code: UInt8
    let identifier: UInt8
    private(set) var types: [UInt8] = []
    private(set) var user: [UInt8]?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let code = reader.uint8(),
        [1, 2, 3, 4, 5, 11, 12, 13].contains(code) || (40...45).contains(code),
        let identifier = reader.uint8(), let length = reader.uint16(),
        Int(length) == datagram.length,
        (20...4_096).contains(length), reader.skip(16)
      else { return nil }
      self.code = code
      self.identifier = identifier
      while reader.remaining > 0 {
        guard let type = reader.uint8(), (1...192).contains(type) || (224...246).contains(type),
          let size = reader.uint8(), size >= 2
        else {
          if datagram.isWhole { return nil }
          return
        }
        guard let value = reader.copy(Int(size) - 2) else {
          if datagram.isWhole { return nil }
          return
        }
        // Addresses, ports and kinds of service have four bytes (RFC 2865 section 5).
        if [4, 5, 6, 7, 8, 9, 10, 12, 40, 41, 61].contains(type), value.count != 4 { return nil }
        types.append(type)
        if type == 1 { user = value }
      }
    }

    var isRequest: Bool { [1, 4, 12, 40, 43].contains(code) }

    func isAnswered(by answer: UInt8) -> Bool {
      switch code {
      case 1: [2, 3, 11].contains(answer)
      case 4: answer == 5
      case 12: [2, 5, 3].contains(answer)
      case 40, 43: answer == code + 1 || answer == code + 2
      default: false
      }
    }

    var name: String {
      let names: [UInt8: String] = [
        1: "Access-Request", 2: "Access-Accept", 3: "Access-Reject", 4: "Accounting-Request",
        5: "Accounting-Response",
        11: "Access-Challenge", 12: "Status-Server", 40: "Disconnect-Request", 43: "CoA-Request",
      ]
      return names[code] ?? "\(code)"
    }
  }
}
