import Testing

@testable import Sockets

/// Sorted lists hold what hashed ones hold.
@Suite struct SortedTests {
  @Test func `a sorted table gives what was noted last of each key`() {
    var random = SeededGenerator(seed: 7)
    var table = SortedTable<Int32, Int>()
    var expected: [Int32: Int] = [:]
    for value in 0..<2_000 {
      let key = Int32.random(in: -300...300, using: &random)
      #expect(table[key] == expected[key])
      table.note(value, of: key)
      expected[key] = value
    }
    for key in Int32(-301)...301 { #expect(table[key] == expected[key]) }
  }

  @Test func `a set of inodes holds each once and no other`() {
    var random = SeededGenerator(seed: 8)
    for count in [0, 1, 2, 3, 100] {
      let given = (0..<count).map { _ in UInt32.random(in: 0...120, using: &random) }
      let set = InodeSet(given)
      let expected = Set(given)
      let found: [UInt32] = Array(set)
      #expect(found == expected.sorted())
      #expect(set.isEmpty == expected.isEmpty)
      for inode in UInt32(0)...121 { #expect(set.contains(inode) == expected.contains(inode)) }
      let even: [UInt32] = Array(set.filter { $0.isMultiple(of: 2) })
      #expect(even == found.filter { $0.isMultiple(of: 2) })
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 1_000])
  func `turns hand out every number once, also to several threads`(count: Int) {
    let turns = Turns(count, length: 8)
    let share: @Sendable () -> [Int] = {
      var taken: [Int] = []
      while let piece = turns.take() { taken += piece }
      return taken
    }
    let others = WorkerGroup(2, share)
    let taken = share() + others.join().flatMap { $0 }
    #expect(taken.sorted() == Array(0..<count))
    #expect(turns.take() == nil)
    let ended = Turns(count)
    ended.end()
    #expect(ended.take() == nil)
  }
}
