import Testing

@testable import Sockets

@Suite struct LookScheduleTests {
  private let second: UInt64 = 1_000_000_000

  @Test func `the first look is due at once`() {
    #expect(LookSchedule().next(isDisturbed: false) == 0)
  }

  @Test func `in quiet times a look is due a second later, on a loaded host later`() {
    var schedule = LookSchedule()
    schedule.note(began: 10 * second, ended: 10 * second + 5_000_000)
    #expect(schedule.next(isDisturbed: false) == 11 * second)
    schedule.note(began: 10 * second, ended: 10 * second + 200_000_000)
    #expect(schedule.next(isDisturbed: false) == 14 * second)
  }

  @Test func `what was heard brings the look forward, but not to one behind the other`() {
    var schedule = LookSchedule()
    schedule.note(began: 10 * second, ended: 10 * second + 5_000_000)
    #expect(schedule.next(isDisturbed: true) == 10 * second + 100_000_000)
    schedule.note(began: 10 * second, ended: 10 * second + 200_000_000)
    #expect(schedule.next(isDisturbed: true) == 10 * second + 800_000_000)
  }

  @Test func `no clock makes it overflow`() {
    var schedule = LookSchedule()
    schedule.note(began: .max, ended: 0)
    #expect(schedule.next(isDisturbed: false) == .max)
    schedule.note(began: 0, ended: .max)
    #expect(schedule.next(isDisturbed: true) == .max)
  }
}
