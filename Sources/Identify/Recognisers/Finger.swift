import Flows
import Packets

extension Recogniser {
  /// Finger: one line that names a user or nobody, answered in text; `/W` asks for more (RFC 1288 section 2).
  static let finger = Recogniser(
    name: "finger", title: "Finger", specification: "RFC 1288 section 2", transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client
    guard client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var lines = Lines(client.bytes, most: 2)
    guard let query = lines.next() else { return .undecided }
    guard query.isText || !query.isWhole && query.bytes.dropLast().isText, query.bytes.count <= 128
    else {
      return .no
    }
    guard query.isWhole else { return .undecided }
    guard lines.next() == nil, conversation.firstSpeaker != .server else { return .no }
    let words = query.bytes.words()
    let isVerbose = words.first?.asUppercaseText == "/W"
    let names = isVerbose ? words.dropFirst() : words[...]
    guard names.count <= 2, names.allSatisfy({ isName($0) }) else { return .no }
    let answer = conversation.server.bytes.prefix(2048)
    guard !answer.isEmpty else { return .undecided }
    guard answer.allSatisfy({ $0 >= 0x20 || [7, 8, 9, 10, 12, 13].contains($0) }) else {
      return .no
    }
    let marks = marks.filter { answer.containsIgnoringCase($0) }
    guard isVerbose && answer.contains(10) || marks.count >= 2 else { return .undecided }
    var facts: [Fact] = []
    if let user = names.first { facts.append(Fact(.user, user)) }
    return .yes(
      Recognition(
        "finger", .answered,
        grounds: [
          Ground(.client, 0, query.bytes.count, "query"),
          Ground(.server, 0, answer.prefix { $0 != 10 }.count, "answer"),
        ], facts: facts))
  }.orFromFirstBytes

  private static func isName(_ word: ArraySlice<UInt8>) -> Bool {
    word.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x40: true
      default: false
      }
    }
  }

  /// Words of the answers in RFC 1288 section 4.
  private static let marks = [
    "Login", "Name:", "Directory:", "Shell:", "No Plan", "Plan:", "Project:", "On since", "Idle",
    "TTY",
    "Never logged in", "no such user", "Last login", "In real life:",
  ]
}
