import Synchronization

/// Hands out the pieces of some work to threads that share it, each once.
package final class Turns: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let length: Int

  /// Numbers from zero to below `count`, in pieces of `length`.
  package init(_ count: Int, length: Int = 1) {
    self.count = count
    self.length = length
  }

  /// The next piece; nil when none is left.
  package func take() -> Range<Int>? {
    let begin = next.wrappingAdd(length, ordering: .relaxed).oldValue
    return begin < count ? begin..<min(begin + length, count) : nil
  }

  /// Hands out nothing any more.
  package func end() { next.store(count, ordering: .relaxed) }
}
