import Packets

/// Flows that are to be looked at at a time, the earliest first: a heap, for a flood makes a hundred thousand of them
/// wait at once. What was put off or is over is passed over when its time comes.
struct DueQueue: Sendable {
  /// A flow that waits.
  struct Item: Sendable {
    let time: Timestamp
    /// Its place in the table.
    let slot: Int
  }

  private var items: [Item] = []

  /// Has a flow wait until `time`.
  mutating func add(_ slot: Int, at time: Timestamp) {
    items.append(Item(time: time, slot: slot))
    var place = items.count - 1
    while place > 0, items[place].time < items[(place - 1) / 2].time {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// All that wait, in no order, and none afterwards.
  mutating func takeAll() -> [Item] {
    defer { items = [] }
    return items
  }

  /// The next flow whose time has come.
  mutating func take(at now: Timestamp) -> Item? {
    guard let first = items.first, first.time <= now else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first }
    items[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < items.count else { return first }
      let right = left + 1
      let lower =
        right < items.count && items[right].time < items[left].time ? right : left
      guard items[lower].time < items[place].time else { return first }
      items.swapAt(place, lower)
      place = lower
    }
  }
}
