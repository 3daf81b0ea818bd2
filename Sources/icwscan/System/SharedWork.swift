import Sockets

/// Work on some items that other threads have begun, and that whoever wants its results helps to finish.
final class SharedWork<Item: Sendable, Result: Sendable> {
  private let items: [Item]
  private let body: @Sendable (Item) -> Result
  private let turns: Turns
  private let group: WorkerGroup<[(Int, Result)]>

  /// Begins with what `body` makes of each item, on so many other threads or on as many as the system gives.
  init(
    _ items: [Item], helpers: Int, _ body: @escaping @Sendable (Item) -> Result
  ) {
    self.items = items
    self.body = body
    let turns = Turns(items.count)
    self.turns = turns
    group = WorkerGroup(min(helpers, items.count)) { Self.work(items, turns, body) }
  }

  /// What was made of each item, in their order; the caller's thread does what no other has taken yet.
  func results() -> [Result] {
    var results = [Result?](repeating: nil, count: items.count)
    for (index, result) in Self.work(items, turns, body) { results[index] = result }
    for done in group.join() { for (index, result) in done { results[index] = result } }
    return results.enumerated().map { index, result in result ?? body(items[index]) }
  }

  /// Nobody wants the results any more: what was not begun is left. Behind `results` nothing is.
  deinit {
    turns.end()
    _ = group.join()
  }

  private static func work(
    _ items: [Item], _ turns: Turns, _ body: (Item) -> Result
  ) -> [(Int, Result)] {
    var done: [(Int, Result)] = []
    while let piece = turns.take() { done += piece.map { ($0, body(items[$0])) } }
    return done
  }
}
