import Flows
import Packets

extension Recogniser {
  /// Kismet's server: lines that start with `*` and a sentence's name; the first tells version, time and name.
  static let kismet = Recogniser(
    name: "kismet", title: "Kismet client/server",
    specification: "Kismet 2005-2013 source: tcpserver.cc, *KISMET sentence",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let mark = Array("*KISMET: ".utf8)
    let server = conversation.server.bytes
    guard mark.starts(with: server.prefix(mark.count)) else { return .no }
    guard let line = Lines(server, most: 1).first(where: { _ in true }), line.isWhole else {
      return .undecided
    }
    let words = line.bytes.dropFirst(mark.count).split(separator: 0x20)
    guard words.count >= 3, words[0].contains(0x2e), words[1].count >= 9,
      words[1].allSatisfy({ (0x30...0x39).contains($0) })
    else { return .no }
    var grounds = [Ground(.server, 0, line.bytes.count, "KISMET sentence")]
    // A command is `!`, a number and a word.
    if let command = Lines(conversation.client.bytes, most: 1).first(where: { _ in true }),
      command.isWhole
    {
      guard command.bytes.first == UInt8(ascii: "!") else { return .no }
      grounds.append(Ground(.client, 0, command.bytes.count, "command"))
    }
    let facts = [Fact(.version, words[0]), Fact(.server, line.bytes.filter { $0 != 1 })]
    return .yes(
      Recognition(
        "kismet", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts))
  }
}
