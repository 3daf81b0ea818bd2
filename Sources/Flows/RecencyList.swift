/// A doubly linked list through the table's slots, least recently touched first: every step costs the same.
struct RecencyList: Sendable {
  /// A slot's neighbours; -1 for none.
  struct Link: Sendable {
    var before = -1
    var after = -1
  }

  private var head = -1
  private var tail = -1

  /// The slot that was touched longest ago.
  var oldest: Int? { head < 0 ? nil : head }

  mutating func append(_ slot: Int, _ slots: inout [FlowTable.Entry]) {
    slots[slot].link = Link(before: tail, after: -1)
    if tail >= 0 { slots[tail].link.after = slot } else { head = slot }
    tail = slot
  }

  mutating func remove(_ slot: Int, _ slots: inout [FlowTable.Entry]) {
    let link = slots[slot].link
    if link.before >= 0 { slots[link.before].link.after = link.after } else { head = link.after }
    if link.after >= 0 { slots[link.after].link.before = link.before } else { tail = link.before }
    slots[slot].link = Link()
  }
}
