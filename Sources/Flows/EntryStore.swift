/// The table's entries by place, in pieces: one array that doubles would for a moment be there three times over.
struct EntryStore: Sendable {
  private static let piece = 1_024
  private var pieces: [[FlowTable.Entry]] = []
  private(set) var count = 0

  subscript(_ slot: Int) -> FlowTable.Entry {
    _read { yield pieces[slot / Self.piece][slot % Self.piece] }
    _modify { yield &pieces[slot / Self.piece][slot % Self.piece] }
  }

  /// Adds an entry behind the last.
  mutating func append(_ entry: FlowTable.Entry) {
    if count % Self.piece == 0 {
      pieces.append([])
      // The first is small: most captures have few flows.
      if count > 0 { pieces[pieces.count - 1].reserveCapacity(Self.piece) }
    }
    pieces[pieces.count - 1].append(entry)
    count += 1
  }
}
