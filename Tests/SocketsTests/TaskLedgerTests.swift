import Testing

@testable import Sockets

@Suite struct TaskLedgerTests {
  private func ledger(_ events: [TaskEvent], known: [Int32: Int32] = [:]) -> TaskLedger {
    var ledger = TaskLedger(since: 0)
    for event in events { ledger.note(event) { known[$0] } }
    return ledger
  }

  private func began(_ time: UInt64, _ task: Int32, by: Int32, isThread: Bool = false) -> TaskEvent
  {
    TaskEvent(
      time: time, task: task, kind: .began(by: by, isThread: isThread, command: [0x61]))
  }

  private func executed(_ time: UInt64, _ task: Int32, _ path: String, previous: Int32? = nil)
    -> TaskEvent
  {
    TaskEvent(
      time: time, task: task, kind: .executed(path: Array(path.utf8), previous: previous ?? task))
  }

  private func ended(_ time: UInt64, _ task: Int32, isLast: Bool = true) -> TaskEvent {
    TaskEvent(time: time, task: task, kind: .ended(command: Array("last".utf8), isLast: isLast))
  }

  @Test func `a process that is gone keeps its program and its last name`() {
    let ledger = ledger([
      began(10, 100, by: 1), executed(11, 100, "/usr/bin/curl"), ended(20, 100),
    ])
    let task = ledger.process(100, at: 15)
    #expect(task?.program == Array("/usr/bin/curl".utf8) && task?.command == Array("last".utf8))
    #expect(task?.process == 100 && task?.maker == nil)
    #expect(ledger.process(100, at: 5) == nil && ledger.process(100, at: 25) == nil)
    #expect(ledger.hasEnded(100, livingAt: 15, before: 21))
    #expect(!ledger.hasEnded(100, livingAt: 15, before: 20))
  }

  @Test func `a number that was given away again is the later process only`() {
    let ledger = ledger([
      began(10, 100, by: 1), executed(11, 100, "/bin/one"), ended(20, 100), began(30, 100, by: 1),
      executed(31, 100, "/bin/two"),
    ])
    #expect(ledger.task(100, at: 15) == nil)
    #expect(ledger.task(100, at: 35)?.program == Array("/bin/two".utf8))
    #expect(ledger.hasEnded(100, livingAt: 15, before: 40))
    #expect(!ledger.hasEnded(100, livingAt: 35, before: 40))
  }

  @Test func `a thread is of its maker's process, also when that is older than the ledger`() {
    let new = ledger([began(10, 100, by: 1), began(11, 101, by: 100, isThread: true)])
    #expect(new.task(101, at: 12)?.process == 100)
    let old = ledger([began(11, 101, by: 55, isThread: true)], known: [55: 50])
    #expect(old.task(101, at: 12)?.process == 50)
    let unknown = ledger([began(11, 101, by: 55, isThread: true)])
    #expect(unknown.task(101, at: 12)?.process == nil)
  }

  @Test func `a process lives until its last thread ends`() {
    let ledger = ledger([
      began(10, 100, by: 1), began(11, 101, by: 100, isThread: true), ended(12, 100, isLast: false),
      ended(15, 101),
    ])
    #expect(ledger.process(100, at: 14) != nil && ledger.process(100, at: 16) == nil)
    #expect(ledger.hasEnded(100, livingAt: 11, before: 16))
    #expect(!ledger.hasEnded(100, livingAt: 11, before: 14))
  }

  @Test func `a forked process runs what its maker ran`() {
    let ledger = ledger([
      began(10, 100, by: 1), executed(11, 100, "/bin/sh"), began(12, 101, by: 100),
      executed(13, 100, "/bin/other"),
    ])
    #expect(ledger.process(101, at: 14)?.program == Array("/bin/sh".utf8))
    #expect(ledger.process(101, at: 14)?.maker == 100)
  }

  @Test func `a thread that runs a program becomes its process's first`() {
    let ledger = ledger([
      began(10, 100, by: 1), began(11, 101, by: 100, isThread: true),
      executed(12, 100, "/bin/new", previous: 101),
    ])
    #expect(ledger.task(101, at: 13) == nil)
    #expect(ledger.process(100, at: 13)?.program == Array("/bin/new".utf8))
  }

  @Test func `it stays small and knows since when it is whole`() {
    var ledger = TaskLedger(since: 5)
    for number in 0..<Int32(3 * TaskLedger.limit) {
      let time = UInt64(10 + 2 * number)
      ledger.note(began(time, 1_000 + number, by: 1)) { _ in nil }
      ledger.note(ended(time + 1, 1_000 + number)) { _ in nil }
    }
    #expect(ledger.count <= TaskLedger.limit + 1 && ledger.completeSince > 5)
    let last = Int32(3 * TaskLedger.limit - 1)
    #expect(ledger.process(1_000 + last, at: UInt64(10 + 2 * last)) != nil)
    ledger.noteLoss(before: 1 << 40)
    #expect(ledger.count == 0 && ledger.completeSince == 1 << 40)
  }
}
