import Glibc
import Synchronization
import Testing

@testable import icwscan

/// Work that several threads share is done once each, whoever does it.
@Suite struct SharedWorkTests {
  @Test(arguments: [0, 1, 2, 5], [0, 1, 3, 200])
  func `the results come in the order of the items`(helpers: Int, count: Int) {
    let work = SharedWork(Array(0..<count), helpers: helpers) { $0 * $0 }
    #expect(work.results() == (0..<count).map { $0 * $0 })
  }

  @Test func `what nobody asks for any more is left, and nothing runs on`() {
    final class Ledger: Sendable { let begun = Atomic<Int>(0) }
    let ledger = Ledger()
    var work: SharedWork<Int, Void>? = SharedWork(Array(0..<20_000), helpers: 2) { _ in
      ledger.begun.wrappingAdd(1, ordering: .relaxed)
      usleep(1_000)
    }
    while ledger.begun.load(ordering: .relaxed) == 0 { usleep(100) }
    #expect(work != nil)
    work = nil
    let begun = ledger.begun.load(ordering: .relaxed)
    #expect(begun < 20_000)
    usleep(20_000)
    #expect(ledger.begun.load(ordering: .relaxed) == begun)
  }
}
