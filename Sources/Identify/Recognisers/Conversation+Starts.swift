import Flows

extension Conversation {
  /// Offsets at which a message of this side may begin: where its bytes begin when that is known, else also where each
  /// packet and each line begins, first to last and at most `most`.
  func messageStarts(of side: Side, most: Int = 256) -> [Int] {
    let said = self[side]
    guard !said.bytes.isEmpty else { return [] }
    if said.beginsAtStart { return [0] }
    var starts: Set<Int> = [0]
    for turn in turns where turn.side == side && turn.range.lowerBound < said.bytes.count {
      starts.insert(turn.range.lowerBound)
    }
    for line in Lines(said.bytes, most: most) { starts.insert(line.offset) }
    return Array(starts.sorted().prefix(most))
  }

  /// Who sent the first packet that carried bytes; nil when the packets are not known.
  var firstSpeaker: Side? {
    client.beginsAtStart && server.beginsAtStart ? turns.first { !$0.range.isEmpty }?.side : nil
  }
}
