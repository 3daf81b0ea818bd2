import Flows
import Packets

extension Recogniser {
  /// NNTP: the server greets with 200 or 201, the client asks for groups and articles (RFC 3977 sections 3 and 5).
  static let nntp = Recogniser(
    name: "nntp", title: "Network News Transfer Protocol",
    specification: "RFC 3977; RFC 4643; RFC 4644",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let spoken = NumericReply.all(in: conversation.server.bytes)
    let asked = SpokenCommand.all(in: conversation.client.bytes, of: commands)
    if spoken.isWrong { return .no }
    guard let greeting = spoken.replies.first else { return asked.isWrong ? .no : .undecided }
    // Under way a command and the code that only it has (RFC 3977 sections 6 to 8, RFC 4643 section 2.3).
    if let first = asked.commands.first,
      answers[first.name]?.contains(greeting.code) == true
    {
      return .yes(
        Recognition(
          "nntp", .answered,
          grounds: [
            Ground(.client, first.offset, first.length, "\(first.name) command"),
            Ground(.server, greeting.offset, greeting.text.count + 4, "its reply"),
          ], facts: [Fact(.method, first.name)]))
    }
    guard [200, 201, 400, 502].contains(greeting.code), greeting.lines.count == 1,
      !greeting.mentions("NCID")
    else { return .no }
    let namesItself =
      greeting.mentions("NNTP") || greeting.mentions("NNRP") || greeting.mentions("InterNetNews")
    let strength: Recognition.Strength
    if let first = asked.commands.first, own.contains(first.name),
      first.name != "MODE" || ["READER", "STREAM"].contains(first.argument.asUppercaseText),
      spoken.replies.dropFirst().first.map({ codes.contains($0.code) }) ?? true
    {
      strength = .answered
    } else if namesItself {
      strength = .oneSided
    } else {
      return asked.isWrong ? .no : .undecided
    }
    var grounds = [Ground(.server, greeting.offset, greeting.text.count + 4, "greeting")]
    var facts = [Fact(.serverBanner, greeting.text)]
    if let first = asked.commands.first {
      grounds.append(Ground(.client, first.offset, first.length, "\(first.name) command"))
      facts.append(Fact(.method, first.name))
    }
    if let group = asked.commands.first(where: { $0.name == "GROUP" }) {
      facts.append(Fact(.topic, group.argument))
    }
    if let login = asked.commands.first(where: { $0.argument.startsIgnoringCase("USER ") }) {
      facts.append(Fact(.user, login.argument.dropFirst(5)))
    }
    return .yes(Recognition("nntp", strength, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// What answers a command that no other protocol with such replies has.
  private static let answers: [String: Set<Int>] = [
    "GROUP": [211, 411], "LISTGROUP": [211, 411, 412], "ARTICLE": [220, 423, 430],
    "BODY": [222, 423, 430], "OVER": [224, 412, 423], "XOVER": [224, 412, 420, 423],
    "AUTHINFO": [281, 381, 481, 482], "IHAVE": [335, 435, 436], "NEWNEWS": [230],
    "NEWGROUPS": [231], "TAKETHIS": [239, 439], "CHECK": [238, 431, 438],
  ]

  private static let commands: Set<String> = own.union(["QUIT", "HELP", "STARTTLS", "DATE"])

  /// Commands of RFC 3977 section 5 to 8 and its companions that greetings of 200 elsewhere are not followed by.
  private static let own: Set<String> = [
    "ARTICLE", "AUTHINFO", "BODY", "CAPABILITIES", "CHECK", "GROUP", "HDR", "HEAD", "IHAVE", "LAST",
    "LIST", "LISTGROUP", "MODE", "NEWGROUPS", "NEWNEWS", "NEXT", "OVER", "POST", "STAT",
    "TAKETHIS", "XHDR", "XOVER", "XZVER", "XPAT",
  ]

  private static let codes: Set<Int> = [
    100, 101, 111, 200, 201, 203, 205, 206, 211, 215, 220, 221, 222, 223, 224, 225, 230, 231, 235,
    238, 239, 240, 281, 283, 288, 335, 340, 381, 383, 400, 401, 403, 411, 412, 420, 421, 422, 423,
    430, 431, 435, 436, 437, 438, 439, 440, 441, 480, 481, 482, 483, 500, 501, 502, 503, 504,
  ]
}
