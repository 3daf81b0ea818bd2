import Flows
import Packets

extension Recogniser {
  /// Kismet's server (before 2018): sentences that begin with `*` and a name; the client enables them by `!` and a number.
  static let kismet = Recogniser(
    name: "kismet", title: "Kismet", specification: "Kismet README of the old client protocol",
    transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var lines = Lines(conversation.server.bytes, most: 2)
    guard let first = lines.next() else { return .undecided }
    let mark = "*KISMET: "
    guard mark.utf8.starts(with: first.bytes.prefix(mark.utf8.count)) else { return .no }
    guard first.isWhole else { return .undecided }
    // Version, start time, the server's name between bytes of 1, build.
    let words = first.bytes.dropFirst(mark.utf8.count).words(most: 3)
    guard words.count == 3, words[0].contains(0x2e),
      words[1].allSatisfy({ (0x30...0x39).contains($0) }),
      words[2].first == 1
    else { return .no }
    var facts = [Fact(.version, words[0])]
    facts.append(Fact(.server, words[2].dropFirst().prefix { $0 != 1 }))
    var grounds = [Ground(.server, 0, first.bytes.count, "first sentence")]
    var asked = Lines(conversation.client.bytes, most: 1)
    if let command = asked.next(), command.isWhole, command.bytes.first == 0x21 {
      grounds.append(Ground(.client, 0, command.bytes.count, "command"))
    }
    return .yes(
      Recognition(
        "kismet", grounds.count > 1 ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}
