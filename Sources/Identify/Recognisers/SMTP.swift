import Flows
import Packets

extension Recogniser {
  /// SMTP: the server greets with 220, the client says EHLO or HELO, the server answers 250 (RFC 5321 section 3.1).
  static let smtp = Recogniser(
    name: "smtp", title: "Simple Mail Transfer Protocol",
    specification: "RFC 5321 sections 3 and 4",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    if !client.beginsAtStart || !server.beginsAtStart, let found = midstream(conversation) {
      return .yes(found)
    }
    guard client.beginsAtStart || server.beginsAtStart else { return .undecided }
    let spoken =
      server.beginsAtStart ? NumericReply.all(in: server.bytes) : (replies: [], isWrong: false)
    let asked =
      client.beginsAtStart
      ? SpokenCommand.all(in: client.bytes, of: commands) : (commands: [], isWrong: false)
    if spoken.isWrong { return .no }
    let greeting = spoken.replies.first
    if let greeting {
      guard [220, 421, 521, 554].contains(greeting.code), greeting.repeatsCode else { return .no }
    }
    let names = asked.commands.map(\.name)
    let saysHello =
      names.first == "EHLO"
      || names.first == "HELO" && asked.commands.first?.argument.isEmpty == false
    let namesItself = greeting.map { $0.mentions("SMTP") && !$0.mentions("FTP") } ?? false
    let lists =
      spoken.replies.dropFirst().first.map { reply in
        reply.code == 250 && reply.repeatsCode
          && reply.lines.dropFirst().contains { isExtension($0) }
      } ?? false
    let strength: Recognition.Strength?
    if let greeting, saysHello {
      guard greeting.code == 220 || namesItself else { return .undecided }
      // Welcome, or one of the refusals; 331 and the like are a file server's (RFC 5321 section 4.3.2).
      if let answer = spoken.replies.dropFirst().first {
        guard answer.code == 220 || answer.code / 10 == 25 || [4, 5].contains(answer.code / 100),
          namesItself || !greeting.mentions("FTP")
        else { return .no }
      }
      strength = .answered
    } else if let greeting {
      if asked.isWrong, !namesItself { return .no }
      strength = lists && greeting.code == 220 ? .consistent : namesItself ? .oneSided : nil
    } else {
      if asked.isWrong { return .no }
      let isMail =
        saysHello && names.dropFirst().contains { ["MAIL", "STARTTLS", "RCPT"].contains($0) }
      strength = isMail ? .consistent : nil
    }
    guard let strength else { return .undecided }
    var grounds: [Ground] = []
    if let greeting {
      grounds.append(Ground(.server, greeting.offset, greeting.text.count + 4, "greeting"))
    }
    if let hello = asked.commands.first {
      grounds.append(Ground(.client, hello.offset, hello.length, "\(hello.name) command"))
    }
    return .yes(
      Recognition("smtp", strength, grounds: grounds, facts: facts(greeting, asked.commands)))
  }.orFromFirstBytes

  /// Commands of RFC 5321 section 4.1, RFC 3207, RFC 4954, RFC 3030, RFC 1985 and of Exchange.
  private static let commands: Set<String> = [
    "EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT",
    "STARTTLS", "AUTH", "BDAT", "ETRN", "TURN", "SEND", "SOML", "SAML", "X-EXPS", "XCLIENT",
    "XFORWARD", "X-LINK2STATE",
  ]

  /// Whether a line of the answer to EHLO names a service extension.
  private static func isExtension(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.prefix { $0 != 0x20 && $0 != 0x3d }.asUppercaseText
    return [
      "SIZE", "PIPELINING", "8BITMIME", "STARTTLS", "AUTH", "ENHANCEDSTATUSCODES", "CHUNKING",
      "DSN",
      "ETRN", "VRFY", "HELP", "SMTPUTF8", "EXPN", "BINARYMIME",
    ].contains(word)
  }

  private static func facts(_ greeting: NumericReply?, _ commands: [SpokenCommand]) -> [Fact] {
    var facts: [Fact] = []
    if let greeting {
      facts.append(Fact(.serverBanner, greeting.text))
      facts.append(Fact(.status, String(greeting.code)))
    }
    if let hello = commands.first(where: { $0.name == "EHLO" || $0.name == "HELO" }) {
      facts.append(Fact(.method, hello.name))
      if !hello.argument.isEmpty { facts.append(Fact(.clientID, hello.argument)) }
    }
    if let mail = commands.first(where: { $0.name == "MAIL" }) {
      facts.append(Fact(.from, address(mail.argument)))
    }
    if let recipient = commands.first(where: { $0.name == "RCPT" }) {
      facts.append(Fact(.to, address(recipient.argument)))
    }
    return facts
  }

  /// The mailbox between angle brackets.
  private static func address(_ argument: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let start = argument.firstIndex(of: 0x3c),
      let end = argument[start...].firstIndex(of: 0x3e)
    else { return argument }
    return argument[(start + 1)..<end]
  }

  /// `MAIL FROM:<...>` and `RCPT TO:<...>` of a stream whose start was missed.
  private static func midstream(_ conversation: Conversation) -> Recognition? {
    guard !conversation.client.beginsAtStart else { return nil }
    // The answer to EHLO lists extensions, each in a line with the code.
    if let reply = NumericReply.all(in: conversation.server.bytes).replies.first,
      reply.code == 250, reply.repeatsCode, reply.lines.count(where: { isExtension($0) }) >= 2
    {
      return Recognition(
        "smtp", .consistent,
        grounds: [Ground(.server, reply.offset, reply.text.count + 4, "list of extensions")],
        facts: [Fact(.server, reply.text)])
    }
    var mail: Lines.Line?
    var recipient: Lines.Line?
    for line in Lines(conversation.client.bytes, most: 64) where line.isWhole && line.isText {
      if mail == nil, line.bytes.startsIgnoringCase("MAIL FROM:<") { mail = line }
      if recipient == nil, line.bytes.startsIgnoringCase("RCPT TO:<") { recipient = line }
    }
    guard let mail, let recipient, mail.offset < recipient.offset else { return nil }
    let replies = NumericReply.all(in: conversation.server.bytes)
    let isAnswered = replies.replies.contains { $0.code == 250 }
    return Recognition(
      "smtp", isAnswered ? .answered : .consistent,
      grounds: [
        Ground(.client, mail.offset, mail.bytes.count, "MAIL command"),
        Ground(.client, recipient.offset, recipient.bytes.count, "RCPT command"),
      ],
      facts: [Fact(.from, address(mail.bytes)), Fact(.to, address(recipient.bytes))])
  }
}
