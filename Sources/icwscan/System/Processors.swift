import Glibc

/// Work that is spread over all processors, with the results in the order of the work.
enum Processors {
  /// Threads at most, however many processors there are.
  private static let most = 16
  /// Pieces of work that are worth a thread.
  static let worthwhile = 8

  /// How many processors there are. The corresponding C function is `sysconf`.
  static let count = max(1, min(most, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// What `body` makes of each item; the caller's thread does its share, and all of it where there is no other.
  ///
  /// - Parameter share: So many items are worth a thread.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], share: Int = worthwhile, _ body: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let helpers = min(count - 1, items.count / share, items.count - 1)
    guard helpers > 0 else { return items.map(body) }
    return SharedWork(items, helpers: helpers, body).results()
  }

  /// Has the other processors begin with what `body` makes of each item.
  static func begin<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
  ) -> SharedWork<Item, Result> {
    SharedWork(items, helpers: count - 1, body)
  }
}
