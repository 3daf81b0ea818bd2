import Flows
import Packets

extension Recogniser {
  /// LMTP: SMTP's talk between a mail server and a mailbox store, told by its own hello, LHLO, behind the greeting 220 (RFC 2033
  /// section 4.1).
  static let lmtp = Recogniser(
    name: "lmtp", title: "Local Mail Transfer Protocol", specification: "RFC 2033 section 4",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    guard client.beginsAtStart, server.beginsAtStart else { return .undecided }
    let spoken = NumericReply.all(in: server.bytes)
    let asked = SpokenCommand.all(in: client.bytes, of: commands)
    guard !spoken.isWrong, !asked.isWrong else { return .no }
    if let greeting = spoken.replies.first {
      guard greeting.code == 220, greeting.repeatsCode else { return .no }
    }
    guard let hello = asked.commands.first else { return .undecided }
    guard hello.name == "LHLO" else { return .no }
    guard let greeting = spoken.replies.first, !hello.argument.isEmpty else { return .undecided }
    let isTaken = spoken.replies.dropFirst().first.map { $0.code == 250 && $0.repeatsCode }
    guard isTaken != false else { return .no }
    var facts = [
      Fact(.serverBanner, greeting.text), Fact(.status, String(greeting.code)),
      Fact(.method, hello.name), Fact(.clientID, hello.argument),
    ]
    if let answer = spoken.replies.dropFirst().first {
      facts.append(Fact(.server, answer.text))
    }
    return .yes(
      Recognition(
        "lmtp", .answered,
        grounds: [
          Ground(.server, greeting.offset, greeting.text.count + 4, "greeting"),
          Ground(.client, hello.offset, hello.length, "LHLO command"),
        ], facts: facts))
  }.orFromFirstBytes

  /// LHLO in the place of HELO and EHLO, and SMTP's commands.
  private static let commands: Set<String> = [
    "LHLO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT", "STARTTLS",
    "AUTH", "BDAT", "XCLIENT",
  ]
}
