import Flows
import Identify
import Packets

/// What a server said on a TCP connection before its client said anything.
struct Greeting: Hashable, Sendable {
  /// The flow that it began, by its number.
  let flow: Int
  /// When it was sent.
  let time: Timestamp
  /// What it was recognised as; nil when it is none that is known.
  let application: String?
  /// How every protocol of this kind begins: its first three bytes.
  let opening: [UInt8]
  /// The words of its first line, in lower case, and the reply code in front; no other numbers.
  let words: Set<String>

  /// Bytes of a greeting that are looked at.
  private static let longest = 160

  /// The greeting of a flow; nil where the client spoke first, where that can't be told, and where the two really talk:
  /// who answers what it is told has shown what it is.
  init?(of flow: Flow, _ recognition: Recognition?) {
    let said = flow.conversation
    // Where the client's packets were not captured it may have spoken first all the same.
    guard flow.transport == .tcp, flow.ground == .syn, flow.clientCounters.packets > 0,
      let turn = said.turns.first, turn.side == .server, turn.range.lowerBound == 0,
      said.server.beginsAtStart, !said.client.isIncomplete, said.client.beginsAtStart,
      turn.range.count >= 4, !Self.isDialogue(flow, recognition)
    else { return nil }
    let bytes = Array(said.server.bytes.prefix(min(turn.range.count, Self.longest)))
    let line = Array(bytes.prefix { $0 != 10 && $0 != 13 })
    self.flow = flow.number
    time = turn.time
    application = recognition?.application
    opening = Array(bytes.prefix(3))
    words = line.isMostlyText ? Self.words(of: line) : []
  }

  /// Whether the server went on after the client spoke, in a protocol that both sides were recognised to speak.
  static func isDialogue(_ flow: Flow, _ recognition: Recognition?) -> Bool {
    guard let recognition, recognition.strength >= .answered else { return false }
    let turns = flow.conversation.turns
    guard let client = turns.firstIndex(where: { $0.side == .client }) else { return false }
    return turns[client...].contains { $0.side == .server }
  }

  /// Whether it begins as the greetings of known protocols do, so that a quotation of the day is none.
  var isOfProtocol: Bool {
    if application != nil { return true }
    // Only a reply code makes a word of digits.
    let hasCode = words.contains { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return hasCode || Self.openings.contains(opening)
  }

  /// Whether two greetings can't be of one program: less than half of their words are common.
  func isUnlike(_ other: Greeting) -> Bool {
    guard !words.isEmpty, !other.words.isEmpty else { return false }
    return words.intersection(other.words).count * 2 < words.union(other.words).count
  }

  /// First three bytes of SSH, POP3, IMAP, RFB, rsync, HTTP and ra_svn.
  private static let openings = Set(
    ["SSH", "+OK", "-ER", "* O", "* B", "RFB", "@RS", "HTT", "( s"].map { Array($0.utf8) })

  private static func words(of line: [UInt8]) -> Set<String> {
    var words: Set<String> = []
    if line.count > 3, line[..<3].allSatisfy({ (0x30...0x39).contains($0) }),
      [0x20, 0x2d].contains(line[3])
    {
      words.insert(String(decoding: line[..<3], as: UTF8.self))
    }
    for word in line.split(whereSeparator: { !(0x41...0x5a).contains($0 & 0xdf) })
    where word.count >= 2 {
      words.insert(String(decoding: word, as: UTF8.self).lowercased())
    }
    return words
  }
}
