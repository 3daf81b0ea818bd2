import Flows

/// Signs of call waiting in any readable text: Dutch numbers in pairs (F10), caller-ID words beside a number (F11).
struct TextSigns {
  private(set) var signs: [CallWaitingFinding.Seen] = []

  /// Words that only caller identification uses.
  private static let strong = [
    "callingnumber", "callingname", "callingpartynumber", "callerid", "caller-id", "caller id",
    "callarrival", "clir", "nmbr", "nummerweergave",
  ]
  /// Words that say it only together.
  private static let weak = [
    "calling", "called", "caller", "beller", "gebeld", "anoniem", "withheld", "unavailable",
  ]

  /// Numbers of one message.
  private struct Numbers {
    let turn: Turn
    let found: [TelephoneNumber.Found]

    var distinct: Set<String> { Set(found.map(\.number)) }
  }

  init(of conversation: Conversation) {
    var pairs: [Numbers] = []
    var hasWords = false
    for turn in conversation.turns {
      let bytes = conversation[turn.side].bytes
      guard !turn.range.isEmpty, turn.range.lowerBound >= 0, turn.range.upperBound <= bytes.count
      else { continue }
      let text = bytes[turn.range]
      // A number is the rarest thing: without one there is nothing to look for.
      guard text.contains(UInt8(ascii: "0")) || text.contains(UInt8(ascii: "+")), Self.isText(text)
      else { continue }
      let found = TelephoneNumber.dutch(in: text)
      guard let first = found.first else { continue }
      let numbers = Numbers(turn: turn, found: found)
      if numbers.distinct.count == 2 { pairs.append(numbers) }
      if !hasWords, Self.hasVocabulary(text) {
        hasWords = true
        signs.append(
          .init(
            .callerIdentity, points: 1, side: turn.side, offset: first.offset, length: first.length)
        )
      }
    }
    addNumbers(pairs)
  }

  /// One point for a message with two numbers, two when one stays and the other changes.
  private mutating func addNumbers(_ pairs: [Numbers]) {
    guard let first = pairs.first, let number = first.found.first else { return }
    let alike = pairs.filter { $0.turn.side == first.turn.side }
    let constant = alike.dropFirst().reduce(first.distinct) { $0.intersection($1.distinct) }
    let all = alike.reduce(into: Set<String>()) { $0.formUnion($1.distinct) }
    let isPattern = alike.count >= 2 && constant.count == 1 && all.count >= 3
    signs.append(
      .init(
        .dutchNumbers, points: isPattern ? 2 : 1, side: first.turn.side, offset: number.offset,
        length: number.length))
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f || (9...13).contains($0) || $0 == 0 }
  }

  /// One strong word, or two weak ones, as whole words.
  private static func hasVocabulary(_ bytes: ArraySlice<UInt8>) -> Bool {
    let lower = bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    if strong.contains(where: { holds(lower, $0) }) { return true }
    return weak.count { holds(lower, $0) } >= 2
  }

  private static func holds(_ bytes: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    guard let head = word.first, bytes.count >= word.count else { return false }
    for start in 0...(bytes.count - word.count) where bytes[start] == head {
      let end = start + word.count
      guard bytes[start..<end].elementsEqual(word) else { continue }
      let isAlone =
        (start == 0 || !isLetter(bytes[start - 1])) && (end == bytes.count || !isLetter(bytes[end]))
      if isAlone { return true }
    }
    return false
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
}
