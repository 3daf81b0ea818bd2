import Flows
import Packets

extension Recogniser {
  /// Network UPS Tools: commands in lines, whose words the answer repeats.
  static let networkUPSTools = Recogniser(
    name: "nut", title: "Network UPS Tools", specification: "RFC 9271 section 4",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    if asked.isWrong || conversation.firstSpeaker == .server { return .no }
    guard let command = asked.commands.first(where: { ["LIST", "GET"].contains($0.name) }) else {
      return .undecided
    }
    guard command.argument.isGraphic, let kind = command.argument.words(most: 2).first,
      kinds.contains(kind.asText)
    else { return .no }
    // What precedes it, as a user and a password, is answered by OK.
    for line in Lines(conversation.server.bytes, most: 8) {
      guard line.isText else { return .no }
      guard line.isWhole else { return .undecided }
      if line.bytes.starts(with: "OK".utf8) { continue }
      let expected = (command.name == "LIST" ? Array("BEGIN LIST ".utf8) : []) + command.argument
      guard line.bytes.starts(with: expected) else { return .no }
      let rest = line.bytes.dropFirst(expected.count)
      guard command.name == "LIST" ? rest.isEmpty : rest.first == 0x20 && rest.count > 1 else {
        return .no
      }
      return .yes(
        Recognition(
          "nut", .proven,
          grounds: [
            Ground(.client, command.offset, command.length, "command"),
            Ground(.server, line.offset, line.bytes.count, "answer that repeats the command"),
          ], facts: [Fact(.method, command.name), Fact(.topic, command.argument)]))
    }
    return .undecided
  }.orFromFirstBytes

  private static let commands: Set<String> = [
    "LIST", "GET", "USERNAME", "PASSWORD", "LOGIN", "VER", "NETVER", "HELP", "PRIMARY", "MASTER",
  ]
  private static let kinds: Set<String> = [
    "UPS", "VAR", "RW", "CMD", "ENUM", "RANGE", "CLIENT", "NUMLOGINS", "UPSDESC", "TYPE", "DESC",
    "CMDDESC", "TRACKING",
  ]
}
