import Flows
import Packets

extension Recogniser {
  /// POP3: the server greets with `+OK`, the client logs in, the server answers `+OK` or `-ERR` (RFC 1939 section 3).
  static let pop3 = Recogniser(
    name: "pop3", title: "Post Office Protocol 3", specification: "RFC 1939; RFC 2449; RFC 5034",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    let names = asked.commands.map(\.name)
    var lines = Lines(conversation.server.bytes, most: 64)
    guard let greeting = lines.next() else {
      if asked.isWrong { return .no }
      let isSession =
        names.contains("USER") && names.contains("PASS")
        && !Set(names).isDisjoint(with: ["STAT", "LIST", "RETR", "UIDL", "TOP", "DELE"])
      guard isSession else { return .undecided }
      return .yes(recognition(.consistent, nil, asked.commands))
    }
    guard isReply(greeting) else { return .no }
    guard greeting.isWhole else { return asked.isWrong ? .no : .undecided }
    // In POP3 the server speaks first; others say +OK only when asked. A proxy in between may swallow the greeting.
    if conversation.firstSpeaker == .client {
      guard !asked.isWrong, let first = names.first,
        first == "CAPA" || first == "USER" || first == "APOP"
      else { return .no }
    }
    let isGreeting = greeting.bytes.starts(with: "+OK".utf8)
    let namesItself =
      isGreeting
      && ["POP3", "POP server", "Dovecot", "Qpopper"].contains {
        greeting.bytes.containsIgnoringCase($0)
      }
    let reply = lines.next()
    if !asked.isWrong, let first = names.first, isGreeting {
      // Behind the answer to CAPA come the capabilities.
      guard conversation.firstSpeaker == .client || reply.map(isReply) ?? true else { return .no }
      guard reply != nil || logins.contains(first) else { return .undecided }
      return .yes(recognition(.answered, greeting, asked.commands))
    }
    if namesItself { return .yes(recognition(.oneSided, greeting, asked.commands)) }
    return asked.isWrong ? .no : .undecided
  }.orFromFirstBytes

  /// Commands of RFC 1939, RFC 2449, RFC 2595 and RFC 5034.
  private static let commands: Set<String> = logins.union([
    "PASS", "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "QUIT", "TOP", "UIDL", "UTF8", "LANG",
    "XTND", "HELP",
  ])

  /// Commands that only a session's beginning has.
  private static let logins: Set<String> = ["USER", "APOP", "CAPA", "AUTH", "STLS"]

  private static func isReply(_ line: Lines.Line) -> Bool {
    guard line.isText || !line.isWhole && line.bytes.dropLast().isText else { return false }
    return ["+OK", "-ERR", "+ "].contains { mark in
      if line.isWhole || line.bytes.count >= mark.utf8.count {
        let next = line.bytes.dropFirst(mark.utf8.count).first
        return line.bytes.starts(with: mark.utf8)
          && (mark == "+ " || next == nil || next == 0x20 || next == 13)
      }
      return mark.utf8.starts(with: line.bytes)
    }
  }

  private static func recognition(
    _ strength: Recognition.Strength, _ greeting: Lines.Line?, _ commands: [SpokenCommand]
  ) -> Recognition {
    var grounds: [Ground] = []
    var facts: [Fact] = []
    if let greeting {
      grounds.append(Ground(.server, greeting.offset, greeting.bytes.count, "greeting"))
      facts.append(Fact(.serverBanner, greeting.bytes))
    }
    if let first = commands.first {
      grounds.append(Ground(.client, first.offset, first.length, "\(first.name) command"))
      facts.append(Fact(.method, first.name))
    }
    if let user = commands.first(where: { $0.name == "USER" || $0.name == "APOP" }) {
      // APOP's second word is a digest of the password.
      facts.append(Fact(.user, user.argument.prefix { $0 != 0x20 }))
    }
    return Recognition("pop3", strength, grounds: grounds, facts: facts)
  }
}
