import Flows
import Packets

extension Recogniser {
  /// Network UPS Tools: commands in lines, whose words the answer repeats.
  static let networkUPSTools = Recogniser(
    name: "nut", title: "Network UPS Tools", specification: "RFC 9271 section 4",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    if asked.isWrong || conversation.firstSpeaker == .server { return .no }
    if let secured = startOfTLS(conversation, asked.commands) { return .yes(secured) }
    guard let command = asked.commands.first(where: { ["LIST", "GET"].contains($0.name) }) else {
      return .undecided
    }
    guard command.argument.isGraphic, let kind = command.argument.words(most: 2).first,
      kinds.contains(kind.asText)
    else { return .no }
    let asking = Ground(.client, command.offset, command.length, "command")
    var refusal: Ground?
    // What precedes it, as a user and a password, is answered by OK, and by an error what is not to be had, as TLS.
    for line in Lines(conversation.server.bytes, most: 8) {
      guard line.isText else { return .no }
      guard line.isWhole else { break }
      if line.bytes.starts(with: "OK".utf8) { continue }
      if isError(line.bytes) {
        refusal = Ground(.server, line.offset, line.bytes.count, "error of this protocol")
        continue
      }
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
            asking,
            Ground(.server, line.offset, line.bytes.count, "answer that repeats the command"),
          ], facts: [Fact(.method, command.name), Fact(.topic, command.argument)]))
    }
    guard let refusal else { return .undecided }
    return .yes(
      Recognition(
        "nut", .answered, grounds: [asking, refusal],
        facts: [Fact(.method, command.name), Fact(.topic, command.argument)]))
  }.orFromFirstBytes

  /// `STARTTLS`, which the answer repeats: what follows is TLS.
  private static func startOfTLS(
    _ conversation: Conversation, _ commands: [SpokenCommand]
  ) -> Recognition? {
    guard let first = commands.first, first.name == "STARTTLS", first.argument.isEmpty,
      let line = Lines(conversation.server.bytes, most: 1).first(where: { _ in true }),
      line.isWhole, line.bytes.elementsEqual("OK STARTTLS".utf8)
    else { return nil }
    return Recognition(
      "nut", .answered,
      grounds: [
        Ground(.client, first.offset, first.length, "command"),
        Ground(.server, line.offset, line.bytes.count, "answer that repeats the command"),
      ], facts: [Fact(.method, first.name)])
  }

  /// Whether a line is `ERR` and one of the protocol's error names, and perhaps more.
  private static func isError(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.words(most: 2)
    return words.count == 2 && words[0].asText == "ERR" && errors.contains(words[1].asText)
  }

  private static let commands: Set<String> = [
    "LIST", "GET", "STARTTLS", "USERNAME", "PASSWORD", "LOGIN", "VER", "NETVER", "HELP", "PRIMARY",
    "MASTER",
  ]
  private static let kinds: Set<String> = [
    "UPS", "VAR", "RW", "CMD", "ENUM", "RANGE", "CLIENT", "NUMLOGINS", "UPSDESC", "TYPE", "DESC",
    "CMDDESC", "TRACKING",
  ]
  private static let errors: Set<String> = [
    "ACCESS-DENIED", "ALREADY-ATTACHED", "ALREADY-LOGGED-IN", "ALREADY-SET-PASSWORD",
    "ALREADY-SET-USERNAME", "ALREADY-SSL-MODE", "CMD-NOT-SUPPORTED", "DATA-STALE",
    "DRIVER-NOT-CONNECTED", "FEATURE-NOT-CONFIGURED", "FEATURE-NOT-SUPPORTED", "INSTCMD-FAILED",
    "INVALID-ARGUMENT", "INVALID-PASSWORD", "INVALID-USERNAME", "INVALID-VALUE",
    "PASSWORD-REQUIRED", "READONLY", "SET-FAILED", "TOO-LONG", "UNKNOWN-COMMAND", "UNKNOWN-UPS",
    "USERNAME-REQUIRED", "VAR-NOT-SUPPORTED",
  ]
}
