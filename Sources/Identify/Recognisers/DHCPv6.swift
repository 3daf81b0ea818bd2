import Flows
import Packets

extension Recogniser {
  /// Dynamic host configuration for IPv6: options whose lengths fill the datagram, identifiers of
  /// client and server as the message type requires; the server repeats the transaction identifier.
  static let dhcpv6 = Recogniser(
    name: "dhcpv6", title: "Dynamic Host Configuration Protocol for IPv6",
    specification: "RFC 8415 section 8",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: DHCPv6Message.init), let first = talk.said.first
    else { return .no }
    let pair = talk.pair {
      $0.isOfClient && !$1.isOfClient && $0.transaction == $1.transaction
        && ($0.type < 12) == ($1.type < 12)
    }
    var facts = [Fact(.message, first.message.name)]
    if let host = talk.said.lazy.compactMap(\.message.host).first {
      facts.append(Fact(.clientID, host))
    }
    return .yes(
      Recognition(
        "dhcpv6", pair != nil ? .answered : talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [(pair?.question ?? first).ground("message that its options fill")], facts: facts,
        clientIs: first.message.isOfClient ? first.side : first.side.opposite))
  }

  /// One message, or a relay's with one inside.
  private struct DHCPv6Message {
    let type: UInt8
    let transaction: UInt32
    private(set) var host: [UInt8]?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let type = reader.uint8(), (1...13).contains(type) else { return nil }
      self.type = type
      if type >= 12 {
        // A relay: hops, link and peer address (RFC 8415 section 9).
        guard let hops = reader.uint8(), hops <= 32, reader.skip(32) else { return nil }
        transaction = 0
      } else {
        guard let number = reader.uint24() else { return nil }
        transaction = number
      }
      var codes: Set<UInt16> = []
      while reader.remaining > 0, codes.count < 64 {
        guard let code = reader.uint16(), (1...148).contains(code), let value = reader.vector16()
        else {
          if datagram.isWhole { return nil }
          break
        }
        codes.insert(code)
        if code == 1 || code == 2 {
          // An identifier begins with a type from 1 to 4 (RFC 8415 section 11).
          guard value.count >= 3, value.count <= 130, value[0] == 0, (1...4).contains(value[1])
          else { return nil }
        }
        if code == 39, value.count > 2 {
          host = Array(value.dropFirst(2).filter { $0 > 0x20 && $0 < 0x7f })
        }
      }
      guard codes.contains(type >= 12 ? 9 : 1) || type == 11 && codes.contains(6) else {
        return nil
      }
      if [2, 7].contains(type) { guard codes.contains(2) else { return nil } }
    }

    var isOfClient: Bool { ![2, 7, 10, 13].contains(type) }

    var name: String {
      let names = [
        "SOLICIT", "ADVERTISE", "REQUEST", "CONFIRM", "RENEW", "REBIND", "REPLY", "RELEASE",
        "DECLINE", "RECONFIGURE",
        "INFORMATION-REQUEST", "RELAY-FORW", "RELAY-REPL",
      ]
      return names.indices.contains(Int(type) - 1) ? names[Int(type) - 1] : "\(type)"
    }
  }
}
