import Glibc
import Sockets
import Synchronization

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
    let next = Counter()
    let work: @Sendable () -> [(Int, Result)] = {
      var done: [(Int, Result)] = []
      while let index = next.take(below: items.count) { done.append((index, body(items[index]))) }
      return done
    }
    let group = WorkerGroup(helpers, work)
    var results = [Result?](repeating: nil, count: items.count)
    for (index, result) in work() { results[index] = result }
    for done in group.join() { for (index, result) in done { results[index] = result } }
    return results.enumerated().map { index, result in result ?? body(items[index]) }
  }

  /// Hands out numbers from zero, each once.
  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func take(below end: Int) -> Int? {
      let taken = value.wrappingAdd(1, ordering: .relaxed).oldValue
      return taken < end ? taken : nil
    }
  }
}
