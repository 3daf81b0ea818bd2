import Flows
import Packets

extension Recogniser {
  /// ManageSieve: the server greets with its capabilities, a quoted name and a quoted value a line, and `OK` behind them
  /// (RFC 5804 sections 1.7 and 1.8).
  static let manageSieve = Recogniser(
    name: "managesieve", title: "ManageSieve", specification: "RFC 5804 sections 1.7, 1.8 and 2",
    transports: [.tcp], basis: [.recorded]
  ) { conversation in
    guard conversation.server.beginsAtStart, conversation.firstSpeaker != .client else {
      return .no
    }
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    if asked.isWrong { return .no }
    var capabilities: [String: ArraySlice<UInt8>] = [:]
    for line in Lines(conversation.server.bytes, most: 64) {
      guard line.isWhole else { return .undecided }
      if line.bytes.starts(with: "OK".utf8) {
        guard let software = capabilities["IMPLEMENTATION"], capabilities["SIEVE"] != nil else {
          return .no
        }
        var grounds = [Ground(.server, 0, line.offset + line.bytes.count, "capabilities")]
        var facts = [Fact(.server, software)]
        if let command = asked.commands.first {
          grounds.append(Ground(.client, command.offset, command.length, "command"))
          facts.append(Fact(.method, command.name))
        }
        return .yes(
          Recognition(
            "managesieve", asked.commands.isEmpty ? .oneSided : .answered, grounds: grounds,
            facts: facts))
      }
      let parts = line.bytes.split(separator: 0x22, omittingEmptySubsequences: false)
      // `"NAME"` or `"NAME" "value"`.
      guard line.isText, parts.count == 3 || parts.count == 5, parts[0].isEmpty else { return .no }
      capabilities[parts[1].asText.uppercased()] = parts.count == 5 ? parts[3] : []
    }
    return .undecided
  }

  private static let commands: Set<String> = [
    "AUTHENTICATE", "STARTTLS", "LOGOUT", "CAPABILITY", "HAVESPACE", "PUTSCRIPT", "LISTSCRIPTS",
    "SETACTIVE", "GETSCRIPT", "DELETESCRIPT", "RENAMESCRIPT", "CHECKSCRIPT", "NOOP",
    "UNAUTHENTICATE",
  ]
}
