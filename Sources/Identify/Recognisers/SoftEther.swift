import Flows
import Packets

extension Recogniser {
  /// SoftEther VPN's NAT traversal: packs of named values that fill the datagram, or a one-letter
  /// question that is answered with the asker's address.
  static let softEther = Recogniser(
    name: "softether", title: "SoftEther VPN",
    specification: "SoftEther VPN, Mayaqua Pack and RUDP NAT traversal",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let first = conversation.firstDatagram else { return .no }
    if first.bytes == [0x41], first.isWhole {
      let answer = conversation.payloads(most: 8).first { $0.turn.side != first.turn.side }
      guard let answer else { return .undecided }
      let text = String(decoding: answer.bytes, as: UTF8.self)
      let parts = text.split(separator: ",")
      guard parts.count == 2, parts[0].hasPrefix("IP="), parts[1].hasPrefix("PORT="),
        UInt16(parts[1].dropFirst(5)) != nil
      else {
        return .no
      }
      return .yes(
        Recognition(
          "softether", .answered,
          grounds: [
            Ground(answer.turn.side, answer.turn.range.lowerBound, answer.bytes.count, "address")
          ],
          clientIs: first.turn.side))
    }
    guard let talk = Talk(opening: conversation, most: 8, read: pack), let first = talk.said.first
    else {
      return .no
    }
    let sides = Set(talk.said.map(\.side))
    return .yes(
      Recognition(
        "softether", sides.count == 2 ? .answered : .oneSided, grounds: [first.ground("pack")],
        facts: [Fact(.message, first.message.joined(separator: ","))], clientIs: first.side))
  }

  /// The names of a pack's values: each a name, a type, and counted values.
  private static func pack(_ datagram: Datagram) -> [String]? {
    var reader = Reader(datagram.bytes.span)
    guard datagram.isWhole, let count = reader.uint32(), (1...64).contains(count) else {
      return nil
    }
    var names: [String] = []
    for _ in 0..<count {
      // A name's length counts the zero that is left out.
      guard let size = reader.uint32(), (2...64).contains(size),
        let name = reader.copy(Int(size) - 1),
        name.allSatisfy({ (0x21...0x7e).contains($0) }), let type = reader.uint32(), type <= 4,
        let values = reader.uint32(), (1...64).contains(values)
      else { return nil }
      names.append(String(decoding: name, as: UTF8.self))
      for _ in 0..<values {
        switch type {
        case 0: guard reader.skip(4) else { return nil }
        case 4: guard reader.skip(8) else { return nil }
        default:
          guard let size = reader.uint32(), size <= 65_536, reader.skip(Int(size)) else {
            return nil
          }
        }
      }
    }
    return reader.remaining == 0 ? names : nil
  }
}
