import Flows
import Packets

extension Recogniser {
  /// beanstalkd: commands and answers in lines, jobs counted in bytes (beanstalkd's protocol.txt).
  static let beanstalk = Recogniser(
    name: "beanstalk", title: "beanstalkd", specification: "beanstalkd's protocol.txt",
    transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart,
      conversation.firstSpeaker != .server
    else { return .no }
    var asked = Lines(conversation.client.bytes, most: 1)
    var answered = Lines(conversation.server.bytes, most: 1)
    guard let command = asked.next() else { return .undecided }
    guard command.isText || !command.isWhole else { return .no }
    let words = command.bytes.words()
    guard command.isWhole, let name = words.first?.asText else {
      let start = command.bytes.prefix { $0 != 0x20 }
      return answers.keys.contains { $0.utf8.starts(with: start) } ? .undecided : .no
    }
    guard let expected = answers[name], isSound(name, words) else { return .no }
    guard let answer = answered.next() else { return .undecided }
    guard answer.isWhole else { return answer.bytes.dropLast().isText ? .undecided : .no }
    let said = answer.bytes.words()
    guard let word = said.first?.asText, expected.contains(word), said.count >= 2 else {
      return .no
    }
    // A tube that is used is repeated, an inserted job has a number.
    if name == "use" {
      guard said[1] == words[1] else { return .no }
    } else {
      guard said[1].asDecimal != nil else { return .no }
    }
    var facts = [Fact(.method, name)]
    if name == "use" || name == "watch" { facts.append(Fact(.topic, words[1])) }
    return .yes(
      Recognition(
        "beanstalk", .answered,
        grounds: [
          Ground(.client, 0, command.bytes.count, "command"),
          Ground(.server, 0, answer.bytes.count, "answer"),
        ], facts: facts))
  }.orFromFirstBytes

  private static let answers: [String: Set<String>] = [
    "put": ["INSERTED", "BURIED"], "use": ["USING"], "watch": ["WATCHING"], "ignore": ["WATCHING"],
    "reserve": ["RESERVED"], "reserve-with-timeout": ["RESERVED"], "peek-ready": ["FOUND"],
  ]

  private static func isSound(_ name: String, _ words: [ArraySlice<UInt8>]) -> Bool {
    switch name {
    case "put": words.count == 5 && words.dropFirst().allSatisfy { $0.asDecimal != nil }
    case "use", "watch", "ignore": words.count == 2
    case "reserve-with-timeout": words.count == 2 && words[1].asDecimal != nil
    default: words.count == 1
    }
  }
}
