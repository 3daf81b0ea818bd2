import Flows
import Packets

extension Recogniser {
  /// The dictionary server protocol: a greeting of 220 with capabilities and a message identifier in angle brackets, then
  /// commands and numeric replies.
  static let dict = Recogniser(
    name: "dict", title: "Dictionary Server Protocol",
    specification: "RFC 2229 sections 2 and 3", transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let said = NumericReply.all(in: conversation.server.bytes, most: 2)
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    if said.isWrong || asked.isWrong || conversation.firstSpeaker == .client { return .no }
    guard let greeting = said.replies.first else { return .undecided }
    let words = greeting.text.words(most: 64)
    guard greeting.code == 220, greeting.isWhole, greeting.lines.count == 1, let last = words.last,
      isBracketed(last), last.contains(0x40) || words.dropLast().last.map(isBracketed) == true
    else { return .no }
    guard let command = asked.commands.first else { return .undecided }
    guard said.replies.count > 1, codes.contains(said.replies[1].code) else {
      return said.replies.count > 1 ? .no : .undecided
    }
    return .yes(
      Recognition(
        "dict", .answered,
        grounds: [
          Ground(.server, 0, greeting.text.count + 4, "greeting with a message identifier"),
          Ground(.client, command.offset, command.length, "command"),
        ],
        facts: [
          Fact(.server, greeting.text), Fact(.method, command.name),
          Fact(.status, "\(said.replies[1].code)"),
        ]))
  }.orFromFirstBytes

  private static func isBracketed(_ word: ArraySlice<UInt8>) -> Bool {
    word.count > 2 && word.first == 0x3c && word.last == 0x3e
  }

  private static let commands: Set<String> = [
    "DEFINE", "MATCH", "SHOW", "CLIENT", "STATUS", "HELP", "QUIT", "OPTION", "AUTH", "SASLAUTH",
  ]
  private static let codes: Set<Int> = [
    110, 111, 112, 113, 114, 130, 150, 151, 152, 210, 220, 221, 230, 250, 330, 420, 421, 500, 501,
    502, 503, 530, 531, 532, 550, 551, 552, 554, 555,
  ]
}
