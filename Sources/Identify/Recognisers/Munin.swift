import Flows
import Packets

extension Recogniser {
  /// Munin's node: it greets with a comment that names it, the master asks in lines (Munin's data exchange protocol).
  static let munin = Recogniser(
    name: "munin", title: "Munin node",
    specification: "Munin guide, data exchange between master and node",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var lines = Lines(conversation.server.bytes, most: 1)
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    guard let greeting = lines.next() else { return asked.isWrong ? .no : .undecided }
    let mark = "# munin node at "
    guard greeting.bytes.starts(with: mark.utf8) else {
      return !greeting.isWhole && mark.utf8.starts(with: greeting.bytes) ? .undecided : .no
    }
    guard greeting.isWhole, greeting.isText else { return greeting.isWhole ? .no : .undecided }
    var grounds = [Ground(.server, 0, greeting.bytes.count, "greeting")]
    var facts = [Fact(.server, greeting.bytes.dropFirst(mark.utf8.count))]
    if let first = asked.commands.first {
      grounds.append(Ground(.client, first.offset, first.length, "command"))
      facts.append(Fact(.method, first.name.lowercased()))
    }
    return .yes(
      Recognition(
        "munin", asked.commands.isEmpty ? .oneSided : .answered, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  private static let commands: Set<String> = [
    "LIST", "CAP", "FETCH", "CONFIG", "NODES", "VERSION", "QUIT", "SPOOLFETCH", "MULTIGRAPH",
    "STARTTLS", "HELP",
  ]
}
