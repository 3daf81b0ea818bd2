import Flows
import Packets

extension Recogniser {
  /// FTP's control connection: the server greets with 220, the client logs in with USER (RFC 959 section 5.4).
  static let ftp = Recogniser(
    name: "ftp", title: "File Transfer Protocol, control connection",
    specification: "RFC 959 sections 4 and 5; RFC 2228; RFC 2389; RFC 4217", transports: [.tcp],
    basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    guard client.beginsAtStart, server.beginsAtStart else { return midstream(conversation) }
    let spoken = NumericReply.all(in: server.bytes)
    let asked = SpokenCommand.all(in: client.bytes.droppingTelnet, of: commands)
    if spoken.isWrong { return .no }
    let greeting = spoken.replies.first
    let names = asked.commands.map(\.name)
    if let greeting {
      // VMware's authentication daemon and HylaFAX greet and log in like FTP.
      guard [120, 220, 421, 530].contains(greeting.code),
        !greeting.mentions("VMware Authentication Daemon"), !greeting.mentions("HylaFAX")
      else { return .no }
    }
    let namesItself = greeting.map { namesFTP($0) } ?? false
    let isLogin = names.first.map { logins.contains($0) } ?? false
    let isOwn = names.contains { own.contains($0) }
    let codes = spoken.replies.map(\.code)
    let strength: Recognition.Strength?
    if greeting != nil {
      let isSMTP = greeting.map { $0.mentions("SMTP") } ?? false
      if asked.isWrong, !namesItself { return .no }
      if isLogin, !isSMTP, codes.dropFirst().first.map({ loginCodes.contains($0) }) ?? true {
        strength = .answered
      } else if isOwn || namesItself && names.first != nil {
        strength = .answered
      } else if codes.contains(331), codes.contains(230) || codes.contains(530) {
        strength = .consistent
      } else {
        strength = namesItself ? .oneSided : nil
      }
    } else {
      if asked.isWrong { return .no }
      // POP3 has LIST too.
      let isSession = names.contains { own.contains($0) && $0 != "LIST" }
      strength = names.contains("USER") && names.contains("PASS") && isSession ? .consistent : nil
    }
    guard let strength else { return .undecided }
    var grounds: [Ground] = []
    if let greeting {
      grounds.append(Ground(.server, greeting.offset, greeting.text.count + 4, "greeting"))
    }
    if let first = asked.commands.first {
      grounds.append(Ground(.client, first.offset, first.length, "\(first.name) command"))
    }
    return .yes(
      Recognition("ftp", strength, grounds: grounds, facts: facts(greeting, asked.commands)))
  }.orFromFirstBytes

  /// Commands of RFC 959, RFC 2228, RFC 2389, RFC 2428, RFC 3659, RFC 7151 and the old X forms.
  private static let commands: Set<String> = own.union(logins).union([
    "HELP", "NOOP", "QUIT", "PASS", "OPTS", "STAT", "ABOR", "LANG",
  ])

  /// Commands that a session begins with.
  private static let logins: Set<String> = ["USER", "AUTH", "FEAT", "HOST", "SYST", "CLNT"]

  /// Commands that only FTP has.
  private static let own: Set<String> = [
    "ACCT", "ADAT", "ALLO", "APPE", "CCC", "CDUP", "CWD", "DELE", "EPRT", "EPSV", "LIST", "MDTM",
    "MKD", "MLSD", "MLST", "MODE", "NLST", "PASV", "PBSZ", "PORT", "PROT", "PWD", "REIN", "REST",
    "RETR", "RMD", "RNFR", "RNTO", "SITE", "SIZE", "SMNT", "STOR", "STOU", "STRU", "TYPE", "XCUP",
    "XCWD", "XMKD", "XPWD", "XRMD",
  ]

  /// Codes that answer the first command of a session.
  private static let loginCodes: Set<Int> = [
    200, 202, 211, 214, 215, 220, 230, 232, 234, 331, 332, 334, 336, 421, 430, 431, 500, 501, 502,
    503, 504, 530, 533, 534, 550,
  ]

  private static func namesFTP(_ greeting: NumericReply) -> Bool {
    [120, 220, 421].contains(greeting.code) && !greeting.mentions("SMTP")
      && (greeting.mentions("FTP") || greeting.mentions("FileZilla"))
  }

  private static func facts(_ greeting: NumericReply?, _ commands: [SpokenCommand]) -> [Fact] {
    var facts: [Fact] = []
    if let greeting { facts.append(Fact(.serverBanner, greeting.text)) }
    if let user = commands.first(where: { $0.name == "USER" }) {
      facts.append(Fact(.user, user.argument))
    }
    if let first = commands.first(where: { !["USER", "PASS"].contains($0.name) }) {
      facts.append(Fact(.method, first.name))
    }
    if let path = commands.first(where: { ["RETR", "STOR", "CWD", "APPE"].contains($0.name) }) {
      facts.append(Fact(.path, path.argument))
    }
    return facts
  }

  /// A session whose start was missed: a passive or active data connection agreed on, or commands and replies only.
  private static func midstream(_ conversation: Conversation) -> Opinion {
    let clientLines = lines(of: conversation, .client)
    let serverLines = lines(of: conversation, .server)
    let asked = clientLines.filter {
      own.contains($0.bytes.prefix { $0 != 0x20 }.prefix(8).asUppercaseText)
    }
    let answers = serverLines.filter { line in
      guard let code = line.bytes.prefix(3).asDecimal, let blank = line.bytes.dropFirst(3).first
      else {
        return false
      }
      return (100...559).contains(code) && (blank == 0x20 || blank == 0x2d)
    }
    let passive = serverLines.first { isPassiveReply($0.bytes) }
    guard let command = asked.first ?? nil else {
      guard let passive, conversation.client.bytes.isEmpty else { return .undecided }
      return .yes(
        Recognition(
          "ftp", .oneSided,
          grounds: [Ground(.server, passive.offset, passive.bytes.count, "passive mode reply")]))
    }
    guard asked.count >= 1, let answer = passive ?? (answers.count >= 2 ? answers.first : nil),
      asked.count + answers.count >= 4 || passive != nil
    else { return .undecided }
    return .yes(
      Recognition(
        "ftp", .answered,
        grounds: [
          Ground(.client, command.offset, command.bytes.count, "command"),
          Ground(.server, answer.offset, answer.bytes.count, "reply"),
        ],
        facts: [Fact(.method, command.bytes.prefix { $0 != 0x20 }.asUppercaseText)]))
  }

  private static func lines(of conversation: Conversation, _ side: Side) -> [Lines.Line] {
    Array(Lines(conversation[side].bytes, most: 64)).filter { $0.isWhole && $0.isText }
  }

  /// `227 Entering Passive Mode (h1,h2,h3,h4,p1,p2)` or `229 ... (|||port|)`.
  private static func isPassiveReply(_ line: ArraySlice<UInt8>) -> Bool {
    guard let open = line.firstIndex(of: 0x28), let close = line[open...].firstIndex(of: 0x29)
    else {
      return false
    }
    let inside = line[(open + 1)..<close]
    if line.starts(with: "227 ".utf8) {
      let numbers = inside.split(separator: 0x2c).compactMap(\.asDecimal)
      return numbers.count == 6 && numbers.allSatisfy { $0 <= 255 }
    }
    guard line.starts(with: "229 ".utf8) else { return false }
    return inside.starts(with: "|||".utf8) && inside.last == 0x7c
      && (inside.dropFirst(3).dropLast().asDecimal ?? 65_536) <= 65_535
  }
}

extension [UInt8] {
  /// The bytes without the Telnet commands that an FTP client puts in front of ABOR (RFC 959 section 4.1.3).
  fileprivate var droppingTelnet: [UInt8] {
    guard first == 0xff else { return self }
    return Array(drop { $0 >= 0xf0 })
  }
}
