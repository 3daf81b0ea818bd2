import Flows
import Packets

extension Recogniser {
  /// IMAP: the server greets with `* OK`, each command carries a tag that its completion repeats (RFC 9051 section 2.2).
  static let imap = Recogniser(
    name: "imap", title: "Internet Message Access Protocol",
    specification: "RFC 3501 and RFC 9051 sections 2.2, 6 and 7", transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    let commands = IMAPCommand.all(in: client)
    if client.beginsAtStart, !client.bytes.isEmpty, commands == nil, server.bytes.isEmpty {
      return .no
    }
    var opening = Lines(server.bytes, most: 1)
    if server.beginsAtStart, let first = opening.next(), !isGreeting(first) { return .no }
    let lines = Array(Lines(server.bytes, most: 128))
    if !server.beginsAtStart, client.bytes.isEmpty, let told = untagged(lines) {
      return .yes(
        Recognition(
          "imap", .consistent,
          grounds: [Ground(.server, told.offset, told.bytes.count, "untagged responses")]))
    }
    var greeting: Lines.Line?
    if server.beginsAtStart, let first = lines.first {
      greeting = first.isWhole ? first : nil
    }
    let completion = lines.first { line in
      line.isWhole
        && (commands ?? []).contains { command in
          let words = line.bytes.words(most: 3)
          return words.count >= 2 && words[0] == command.tag
            && ["OK", "NO", "BAD"].contains(words[1].asUppercaseText)
        }
    }
    let namesItself = greeting.map { $0.bytes.containsIgnoringCase("IMAP") } ?? false
    let strength: Recognition.Strength
    if completion != nil {
      strength = .proven
    } else if greeting != nil, commands?.isEmpty == false {
      strength = .answered
    } else if namesItself {
      strength = .oneSided
    } else if let commands, commands.count >= 2, Set(commands.map(\.tag)).count == commands.count,
      client.beginsAtStart
    {
      strength = .consistent
    } else {
      return commands == nil && client.beginsAtStart && !client.bytes.isEmpty ? .no : .undecided
    }
    var grounds: [Ground] = []
    var facts: [Fact] = []
    if let greeting {
      grounds.append(Ground(.server, greeting.offset, greeting.bytes.count, "greeting"))
      facts.append(Fact(.serverBanner, greeting.bytes.dropFirst(2)))
    }
    if let command = commands?.first {
      grounds.append(Ground(.client, command.offset, command.length, "tagged command"))
      facts.append(Fact(.method, command.name))
    }
    if let completion {
      grounds.append(
        Ground(.server, completion.offset, completion.bytes.count, "tagged completion"))
    }
    if let user = commands?.first(where: { $0.name == "LOGIN" })?.user {
      facts.append(Fact(.user, user))
    }
    return .yes(Recognition("imap", strength, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// The first of at least two kinds of untagged responses (RFC 9051 section 7), for a server met under way.
  private static func untagged(_ lines: [Lines.Line]) -> Lines.Line? {
    var kinds: Set<String> = []
    var first: Lines.Line?
    for line in lines where line.isText && line.bytes.starts(with: "* ".utf8) {
      let words = line.bytes.words(most: 4)
      guard words.count >= 3 else { continue }
      let isNumbered = words[1].asDecimal != nil
      let kind = words[isNumbered ? 2 : 1].asUppercaseText
      let isSound =
        switch kind {
        case "EXISTS", "RECENT", "EXPUNGE": isNumbered && words.count == 3
        case "FETCH": isNumbered && words.count > 3 && words[3].first == 0x28
        case "FLAGS", "LIST", "LSUB": !isNumbered && words[2].first == 0x28
        case "OK", "NO": !isNumbered && words[2].first == 0x5b
        default: false
        }
      guard isSound else { continue }
      kinds.insert(kind)
      first = first ?? line
    }
    return kinds.count >= 2 ? first : nil
  }

  /// `* OK`, `* PREAUTH` or `* BYE` and text.
  private static func isGreeting(_ line: Lines.Line) -> Bool {
    guard line.isText || !line.isWhole && line.bytes.dropLast().isText else { return false }
    return ["* OK ", "* PREAUTH ", "* BYE "].contains {
      line.bytes.startsIgnoringCase($0)
        || !line.isWhole && line.bytes.isBeginningIgnoringCase(of: $0)
    }
  }
}

/// A command of an IMAP client.
private struct IMAPCommand {
  let tag: ArraySlice<UInt8>
  let name: String
  let offset: Int
  let length: Int
  let user: ArraySlice<UInt8>?

  /// The commands at the beginning of a client's bytes, or anywhere when the beginning was missed. Nil when the first
  /// line can be none.
  static func all(in said: SideBytes) -> [IMAPCommand]? {
    var commands: [IMAPCommand] = []
    for line in Lines(said.bytes, most: 64) {
      guard let command = IMAPCommand(line) else {
        let isCut =
          !line.isWhole && line.bytes.words(most: 2).first.map { isTag($0) } ?? true
        guard commands.isEmpty, said.beginsAtStart, !isCut else {
          if said.beginsAtStart { break }
          continue
        }
        return nil
      }
      commands.append(command)
    }
    return commands
  }

  private init?(_ line: Lines.Line) {
    guard line.isWhole, line.isText else { return nil }
    let words = line.bytes.words(most: 3)
    guard words.count >= 2, words[0].startIndex == line.bytes.startIndex, Self.isTag(words[0])
    else {
      return nil
    }
    let name = words[1].prefix(16).asUppercaseText
    guard Self.names.contains(name) else { return nil }
    tag = words[0]
    self.name = name
    offset = line.offset
    length = line.bytes.count
    user = words.count > 2 ? Self.firstString(words[2]) : nil
  }

  /// A tag: printable, none of `( ) { % * " \ ] +` (RFC 9051 section 9).
  private static func isTag(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...32).contains(bytes.count)
      && bytes.allSatisfy { (0x21...0x7e).contains($0) && !"(){%*\"\\]+".utf8.contains($0) }
  }

  private static func firstString(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.first == 0x22 else { return bytes.prefix { $0 != 0x20 } }
    return bytes.dropFirst().prefix { $0 != 0x22 }
  }

  private static let names: Set<String> = [
    "APPEND", "AUTHENTICATE", "CAPABILITY", "CHECK", "CLOSE", "COPY", "CREATE", "DELETE", "ENABLE",
    "EXAMINE", "EXPUNGE", "FETCH", "GETQUOTA", "GETQUOTAROOT", "ID", "IDLE", "LIST", "LOGIN",
    "LOGOUT", "LSUB", "MOVE", "NAMESPACE", "NOOP", "RENAME", "SEARCH", "SELECT", "SORT", "STARTTLS",
    "STATUS", "STORE", "SUBSCRIBE", "THREAD", "UID", "UNSELECT", "UNSUBSCRIBE", "XLIST",
  ]
}
