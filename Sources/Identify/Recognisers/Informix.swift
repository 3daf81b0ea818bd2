import Flows
import Packets

extension Recogniser {
  /// Informix's own protocol: `sq`, length and kind in base64, `sqlexec` and the log-on in words; the answer begins with
  /// its length and names how numbers are written.
  static let informix = Recogniser(
    name: "informix", title: "Informix SQLI",
    specification: "none published; log-on as Nmap's informix library and free clients send it",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = conversation.client.bytes
    let mark = Array("sq".utf8)
    guard mark.starts(with: client.prefix(2)) else { return .no }
    guard client.count >= 18 else {
      return client.dropFirst(2).allSatisfy { digit($0) != nil || $0 == 0x20 }
        ? .undecided : .no
    }
    guard let head = head(client[2..<10]), head.length >= 32, head.kind & 0xff00 == 0x0100,
      client[10..<18].elementsEqual("sqlexec ".utf8)
    else { return .no }
    let text = client[18...].prefix { (0x20...0x7e).contains($0) }
    let words = text.words(most: 8)
    guard let user = words.first, words.count >= 3 else { return .undecided }
    var facts = [Fact(.user, user)]
    if let database = words.first(where: { $0.starts(with: "-d".utf8) && $0.count > 2 }) {
      facts.append(Fact(.database, database.dropFirst(2)))
    }
    var grounds = [Ground(.client, 0, 18, "log-on with its length and sqlexec")]
    let server = conversation.server.bytes
    guard !server.isEmpty else {
      return .yes(Recognition("informix", .oneSided, grounds: grounds, facts: facts))
    }
    guard let length = server.bigEndian(at: 0, 2), server.count >= 31 else { return .undecided }
    guard length >= 31, server[16..<31].elementsEqual(Array("IEEEI\0\0lsrvinfx".utf8)) else {
      return .no
    }
    grounds.append(Ground(.server, 0, 31, "answer with its length and the server's kind"))
    return .yes(Recognition("informix", .answered, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// Length, kind and the zeros behind them, in eight letters of base64.
  private static func head(_ letters: ArraySlice<UInt8>) -> (length: Int, kind: Int)? {
    var value = 0
    for letter in letters {
      guard let digit = digit(letter) else { return nil }
      value = value << 6 | digit
    }
    return value & 0xffff == 0 ? (value >> 32, value >> 16 & 0xffff) : nil
  }

  private static func digit(_ letter: UInt8) -> Int? {
    switch letter {
    case 0x41...0x5a: Int(letter) - 0x41
    case 0x61...0x7a: Int(letter) - 0x61 + 26
    case 0x30...0x39: Int(letter) - 0x30 + 52
    case 0x2b: 62
    case 0x2f: 63
    default: nil
    }
  }
}
