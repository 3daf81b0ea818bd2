import Flows
import Packets

extension Recogniser {
  /// MSN Messenger: three letters, a number that the server repeats, arguments (MSNP, internet draft movva-msn).
  static let msnp = Recogniser(
    name: "msnp", title: "MSN Messenger",
    specification: "draft-movva-msn-messenger-protocol; later versions as documented",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else {
      return messages(conversation)
    }
    guard conversation.firstSpeaker != .server else { return .no }
    var lines = Lines(conversation.client.bytes, most: 1)
    guard let line = lines.next() else { return .undecided }
    let words = line.bytes.words()
    guard line.isWhole else {
      let start = line.bytes.prefix(4)
      return ["VER ", "USR ", "ANS "].contains { $0.utf8.starts(with: start) } ? .undecided : .no
    }
    guard line.isText, words.count >= 3, ["VER", "USR", "ANS"].contains(words[0].asText),
      words[1].asDecimal != nil
    else { return .no }
    let isVersion = words[0].asText == "VER"
    if isVersion {
      guard words.dropFirst(2).contains(where: { $0.starts(with: "MSNP".utf8) }) else { return .no }
    } else {
      // A switchboard is told who comes, with the ticket that it was invited by.
      guard words.count >= 4, words[2].contains(0x40) else { return .no }
    }
    var facts: [Fact] = []
    var isEchoed = false
    var answers = Lines(conversation.server.bytes, most: 1)
    if let answer = answers.next() {
      let said = answer.bytes.words()
      guard answer.isWhole else { return .undecided }
      guard said.count >= 3,
        said[0] == words[0] || words[0].asText == "ANS" && said[0].asText == "IRO",
        said[1] == words[1]
      else { return .no }
      isEchoed = true
      if isVersion { facts.append(Fact(.version, said[2])) }
    } else if isVersion {
      facts.append(Fact(.version, words[2]))
    }
    guard isEchoed || isVersion else { return .undecided }
    for line in Lines(conversation.client.bytes, most: 8) where line.isWhole {
      let words = line.bytes.words()
      guard let user = words.first(where: { $0.contains(0x40) }),
        words[0].asText != "CVR" || words.count > 8
      else {
        continue
      }
      facts.append(Fact(.user, user))
      break
    }
    var grounds = [Ground(.client, 0, line.bytes.count, "first command")]
    if isEchoed { grounds.append(Ground(.server, 0, 6, "the same command and number")) }
    return .yes(
      Recognition("msnp", isEchoed ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// A conversation under way: `MSG` lines whose last word counts the MIME message behind them.
  private static func messages(_ conversation: Conversation) -> Opinion {
    let mark = Array("MIME-Version: 1.0\r\n".utf8)
    for side in Side.allCases {
      let bytes = conversation[side].bytes
      for line in Lines(bytes, most: 64) where line.isWhole && line.isText {
        let words = line.bytes.words(most: 5)
        // From the server: who says it and under which name; from the client: a number and how it is acknowledged.
        guard words.count == 4, words[0].asText == "MSG", let size = words[3].asDecimal,
          (mark.count...1 << 16).contains(size),
          words[1].contains(0x40) || words[1].asText == "Hotmail"
            || words[1].asDecimal != nil && ["U", "N", "A", "D"].contains(words[2].asText),
          bytes.slice(at: line.offset + line.bytes.count + 2, mark.count).elementsEqual(mark)
        else { continue }
        let isClient = words[1].asDecimal != nil
        return .yes(
          Recognition(
            "msnp", .consistent,
            grounds: [Ground(side, line.offset, line.bytes.count, "MSG command and its message")],
            facts: isClient ? [] : [Fact(.from, words[1])],
            clientIs: isClient ? side : side.opposite))
      }
    }
    return .undecided
  }
}
