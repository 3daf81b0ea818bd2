import Flows
import Packets

extension Recogniser {
  /// IRC: the client registers with NICK and USER, the server answers with a prefix and numerics (RFC 2812 sections 2
  /// and 3.1).
  static let irc = Recogniser(
    name: "irc", title: "Internet Relay Chat",
    specification: "RFC 1459; RFC 2812 sections 2, 3.1 and 5",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    let asked = IRCMessage.all(in: client)
    let said = IRCMessage.all(in: server)
    guard let asked, let said else { return .no }
    if client.beginsAtStart, let first = asked.first {
      guard first.prefix == nil, opening.contains(first.command) else { return .no }
    }
    if server.beginsAtStart, let first = said.first {
      guard
        first.prefix != nil
          || ["NOTICE", "PING", "ERROR", "CAP", "AUTHENTICATE"].contains(first.command)
      else { return .no }
    }
    let nick = asked.first { $0.command == "NICK" }
    let user = asked.first { $0.command == "USER" && $0.parameters.count >= 4 }
    let numerics = said.filter { $0.prefix != nil && $0.isNumeric && !$0.parameters.isEmpty }
    let chatter = said.filter { message in
      message.prefix?.contains(0x21) ?? false
        && ["PRIVMSG", "JOIN", "PART", "QUIT", "MODE", "NOTICE", "NICK"].contains(message.command)
    }
    let strength: Recognition.Strength
    if let nick, let name = nick.parameters.first,
      numerics.contains(where: { $0.parameters[0] == name && $0.command == "001" })
    {
      strength = .proven
    } else if nick != nil || user != nil || asked.first?.command == "CAP", !said.isEmpty,
      numerics.first != nil || said.contains(where: { opens($0) })
    {
      strength = .answered
    } else if asked.first?.command == "STARTTLS",
      numerics.contains(where: { $0.command == "670" || $0.command == "691" })
    {
      strength = .answered
    } else if nick != nil,
      user != nil || asked.count(where: { ["USER", "JOIN"].contains($0.command) }) >= 2
    {
      strength = .consistent
    } else if !chatter.isEmpty,
      asked.contains(where: {
        ["PRIVMSG", "JOIN", "PONG", "PING", "MODE", "NOTICE"].contains($0.command)
      })
    {
      strength = .answered
    } else if numerics.count >= 2 || numerics.count + chatter.count >= 2 {
      strength = .consistent
    } else {
      return .undecided
    }
    var grounds: [Ground] = []
    if let first = nick ?? user {
      grounds.append(Ground(.client, first.offset, first.length, "registration"))
    }
    if let first = numerics.first ?? said.first {
      grounds.append(Ground(.server, first.offset, first.length, "server message"))
    }
    var facts: [Fact] = []
    if let name = nick?.parameters.first { facts.append(Fact(.user, name)) }
    if let server = numerics.first?.prefix { facts.append(Fact(.server, server)) }
    if let topic = asked.first(where: { $0.command == "JOIN" })?.parameters.first {
      facts.append(Fact(.topic, topic))
    }
    return .yes(Recognition("irc", strength, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// Commands that a client begins with.
  private static let opening: Set<String> = [
    "STARTTLS", "NICK", "USER", "PASS", "CAP", "SERVICE", "SERVER", "PING", "PROTOCTL",
    "AUTHENTICATE",
    "WEBIRC", "QUIT",
    "JOIN", "MODE", "PRIVMSG",
  ]

  /// Whether a server says this to a client that is not registered yet.
  private static func opens(_ message: IRCMessage) -> Bool {
    switch message.command {
    case "NOTICE": message.parameters.count >= 2
    case "PING", "ERROR": message.prefix == nil && message.parameters.count == 1
    case "CAP": message.prefix != nil && message.parameters.count >= 2
    default: false
    }
  }
}

/// A message of IRC: `[":" prefix SP] command params CRLF` (RFC 2812 section 2.3.1).
private struct IRCMessage {
  let prefix: ArraySlice<UInt8>?
  let command: String
  let parameters: [ArraySlice<UInt8>]
  let offset: Int
  let length: Int

  var isNumeric: Bool { command.utf8.asDecimalDigits }

  /// The whole messages of a side; nil when a line at its beginning is none.
  static func all(in said: SideBytes) -> [IRCMessage]? {
    var messages: [IRCMessage] = []
    for line in Lines(said.bytes, most: 64) {
      if !line.isWhole {
        if messages.isEmpty, said.beginsAtStart, !line.bytes.dropLast().isChat { return nil }
        break
      }
      if line.bytes.isEmpty { continue }
      if let message = IRCMessage(line) {
        messages.append(message)
      } else if said.beginsAtStart {
        return messages.isEmpty ? nil : messages
      }
    }
    return messages
  }

  private init?(_ line: Lines.Line) {
    guard line.bytes.isChat, line.bytes.count <= 8_192 else { return nil }
    var rest = line.bytes
    // Message tags of IRCv3 stand in front.
    if rest.first == 0x40 {
      guard let blank = rest.firstIndex(of: 0x20) else { return nil }
      rest = rest[(blank + 1)...]
    }
    if rest.first == 0x3a {
      guard let blank = rest.firstIndex(of: 0x20), blank > rest.startIndex + 1 else { return nil }
      prefix = rest[(rest.startIndex + 1)..<blank]
      rest = rest[blank...].drop { $0 == 0x20 }
    } else {
      prefix = nil
    }
    let word = rest.prefix { $0 != 0x20 }
    let name = word.prefix(16).asUppercaseText
    guard Self.isCommand(name) else { return nil }
    rest = rest[word.endIndex...]
    var parameters: [ArraySlice<UInt8>] = []
    while parameters.count < 15, !rest.isEmpty {
      rest = rest.drop { $0 == 0x20 }
      if rest.first == 0x3a {
        parameters.append(rest.dropFirst())
        break
      }
      let parameter = rest.prefix { $0 != 0x20 }
      if parameter.isEmpty { break }
      parameters.append(parameter)
      rest = rest[parameter.endIndex...]
    }
    command = name
    self.parameters = parameters
    offset = line.offset
    length = line.bytes.count
  }

  private static func isCommand(_ name: String) -> Bool {
    if name.utf8.count == 3, name.utf8.asDecimalDigits { return true }
    return names.contains(name)
  }

  private static let names: Set<String> = [
    "ADMIN", "AUTHENTICATE", "AWAY", "CAP", "CONNECT", "ERROR", "INFO", "INVITE", "ISON", "JOIN",
    "KICK", "KILL", "LINKS", "LIST", "LUSERS", "MODE", "MOTD", "NAMES", "NICK", "NOTICE", "OPER",
    "PART", "PASS", "PING", "PONG", "PRIVMSG", "PROTOCTL", "QUIT", "SERVER", "SERVICE", "SQUIT",
    "STARTTLS", "STATS", "SUMMON", "TIME", "TOPIC", "TRACE", "USER", "USERHOST", "USERS", "VERSION",
    "WALLOPS",
    "WEBIRC", "WHO", "WHOIS", "WHOWAS",
  ]
}

extension Collection<UInt8> {
  /// Whether it holds decimal digits only.
  fileprivate var asDecimalDigits: Bool { !isEmpty && allSatisfy { (0x30...0x39).contains($0) } }

  /// Whether no byte is one that a chat line cannot hold: colours and their like are control characters too.
  fileprivate var isChat: Bool {
    allSatisfy { $0 >= 0x20 || [1, 2, 3, 4, 9, 0x0f, 0x11, 0x16, 0x1d, 0x1e, 0x1f].contains($0) }
  }
}
