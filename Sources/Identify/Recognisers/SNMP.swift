import Flows
import Packets

extension Recogniser {
  /// Simple network management: a BER sequence that fills the datagram, with version, community and
  /// a PDU; in version 3 header, security parameters and a scoped PDU. Responses repeat the
  /// request's number.
  static let snmp = Recogniser(
    name: "snmp", title: "Simple Network Management Protocol",
    specification: "RFC 1157, RFC 3416, RFC 3412 section 6",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, read: SNMPMessage.init),
      let first = talk.said.first
    else { return .no }
    // What is malformed behind several good messages does not take them back.
    let told = Set(talk.said.map { conversation[$0.side].bytes[$0.turn.range] }).count
    let heard = conversation.payloads().reduce(0) { sum, _ in sum + 1 }
    guard told >= 4 || talk.said.count == heard else { return .no }
    let pair = talk.pair {
      $0.number == $1.number && $0.kind != $1.kind && ($0.kind != 2 || $1.kind != 2)
    }
    let isNotice = [4, 7].contains(first.message.kind)
    let strength: Recognition.Strength =
      pair != nil ? .answered : isNotice || talk.said.count > 1 ? .consistent : .oneSided
    var facts = [Fact(.version, first.message.version), Fact(.message, first.message.name)]
    if let community = first.message.community { facts.append(Fact(.user, community)) }
    return .yes(
      Recognition(
        "snmp", strength,
        grounds: [pair?.question ?? first, pair?.answer].compactMap {
          $0?.ground("BER sequence that fills the datagram, with version and PDU")
        },
        facts: facts, clientIs: first.message.kind == 2 ? first.side.opposite : first.side))
  }

  /// One message.
  private struct SNMPMessage {
    let version: String
    let community: [UInt8]?
    /// The PDU's tag without its class: 0 get, 1 get-next, 2 response, 3 set, 4 trap, ...; 16 when
    /// it is encrypted.
    let kind: Int
    let number: Int64

    init?(_ datagram: Datagram) {
      var outer = BasicEncoding(datagram.bytes[...])
      guard let message = outer.next(), message.tag == 0x30,
        message.header + message.length == datagram.length,
        case var parts = message.elements, let version = parts.next(2)?.integer
      else { return nil }
      if version == 3 {
        self.version = "3"
        community = nil
        guard let header = parts.next(0x30), parts.next(4) != nil, let data = parts.next(),
          data.tag == 0x30 || data.tag == 4
        else { return nil }
        var fields = header.elements
        guard let number = fields.next(2)?.integer, fields.next(2)?.integer ?? 0 >= 484,
          fields.next(4)?.length == 1, fields.next(2) != nil
        else { return nil }
        self.number = number
        var scoped = data.elements
        let isClear = data.tag == 0x30 && scoped.next(4) != nil && scoped.next(4) != nil
        kind = isClear ? scoped.next().map { Int($0.tag & 0x1f) } ?? 16 : 16
        return
      }
      guard version == 0 || version == 1, let community = parts.next(4), let body = parts.next(),
        (0xa0...0xa8).contains(body.tag)
      else { return nil }
      self.version = version == 0 ? "1" : "2c"
      self.community = Array(community.content)
      kind = Int(body.tag & 0x1f)
      var fields = body.elements
      if kind == 4 {
        guard fields.next(6) != nil, fields.next(0x40)?.length == 4,
          let generic = fields.next(2)?.integer
        else {
          return nil
        }
        number = generic
        return
      }
      guard let number = fields.next(2)?.integer, fields.next(2) != nil, fields.next(2) != nil,
        fields.next()?.tag == 0x30
      else { return nil }
      self.number = number
    }

    var name: String {
      let names = [
        "get-request", "get-next-request", "response", "set-request", "trap", "get-bulk-request",
        "inform-request",
        "snmpV2-trap", "report",
      ]
      return names.indices.contains(kind) ? names[kind] : "encrypted"
    }
  }
}
