import Flows
import Packets

extension Recogniser {
  /// Hot standby routing: hellos of fixed length with states that exist and timers in order.
  static let hsrp = Recogniser(
    name: "hsrp", title: "Hot Standby Router Protocol", specification: "RFC 2281 section 5",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: group), let first = talk.said.first else {
      return .no
    }
    guard talk.said.contains(where: { $0.message >= 0 }) else { return .undecided }
    return .yes(
      Recognition(
        "hsrp", .consistent,
        grounds: [first.ground("hello with a state that exists and timers in order")],
        facts: [Fact(.session, "group \(talk.said.map(\.message).max() ?? 0)")],
        clientIs: nil))
  }

  /// The group of a hello, -1 for an advertisement of states, which is too short to tell.
  private static func group(_ datagram: Datagram) -> Int? {
    var reader = Reader(datagram.bytes.span)
    guard let first = reader.uint8(), let second = reader.uint8() else { return nil }
    if first == 0, second == 3 {
      return datagram.length == 16 && reader.uint16() == 1 ? -1 : nil
    }
    if first == 0 {
      guard datagram.length == 20 || datagram.length == 50, second <= 2, let state = reader.uint8(),
        [0, 1, 2, 4, 8, 16].contains(state), let hello = reader.uint8(), let hold = reader.uint8(),
        hello > 0, hold > hello,
        reader.skip(1), let group = reader.uint8(), reader.uint8() == 0, let secret = reader.copy(8)
      else { return nil }
      // The text that stands for a password: printable, then zeros.
      let text = secret.prefix { $0 != 0 }
      guard !text.isEmpty, text.allSatisfy({ (0x20...0x7e).contains($0) }),
        secret.dropFirst(text.count).allSatisfy({ $0 == 0 }),
        text.count == 8 || secret[text.count] == 0,
        text.starts(with: Array("cisco".utf8)) || datagram.length == 20 && text.count >= 6
      else { return nil }
      return Int(group)
    }
    // Version 2 is a list of elements, the group's state first, 40 bytes of it.
    guard first == 1, second == 40, datagram.length >= 42, reader.uint8() == 2,
      let operation = reader.uint8(),
      operation <= 2, let state = reader.uint8(), state <= 6, let version = reader.uint8(),
      version == 4 || version == 6,
      let group = reader.uint16(), group <= 4_095
    else { return nil }
    return Int(group)
  }
}
