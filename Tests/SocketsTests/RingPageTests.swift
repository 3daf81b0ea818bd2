import Testing

@testable import Sockets

@Suite struct RingPageTests {
  private let layout = RingLayout(
    page: RecordedTrace.headerPage, event: RecordedTrace.headerEvent)!

  private func portEvents(_ page: [UInt8]) throws -> [PortEvent] {
    let formats = [
      PortEventFormat(state: EventFormat(RecordedTrace.state)!)!,
      PortEventFormat(route: EventFormat(RecordedTrace.route)!, isIPv6: false)!,
      PortEventFormat(route: EventFormat(RecordedTrace.route6)!, isIPv6: true)!,
    ]
    let common = try #require(EventFormat(RecordedTrace.state).flatMap { CommonFields($0) })
    return try #require(RingPage(page, layout: layout)).events.compactMap { record in
      formats.first { UInt64($0.identity) == common.type(of: record) }?.event(record)
    }
  }

  private func taskEvents(_ page: [UInt8]) throws -> [TaskEvent] {
    let formats = [RecordedTrace.newTask, RecordedTrace.executed, RecordedTrace.ended]
      .map { TaskEventFormat(EventFormat($0)!)! }
    let common = try #require(EventFormat(RecordedTrace.state).flatMap { CommonFields($0) })
    return try #require(RingPage(page, layout: layout)).events.compactMap { record in
      formats.first { UInt64($0.identity) == common.type(of: record) }?.event(record)
    }
  }

  @Test func `the layout is what the kernel says of it`() {
    #expect(layout.data == 16 && layout.length == 4_096 && layout.commit.size == 8)
    let text = String(decoding: RecordedTrace.headerEvent, as: UTF8.self)
    let other = text.replacing("27 bits", with: "28 bits")
    #expect(RingLayout(page: RecordedTrace.headerPage, event: Array(other.utf8)) == nil)
    #expect(RingLayout(page: RecordedTrace.headerEvent, event: RecordedTrace.headerEvent) == nil)
  }

  @Test func `a recorded page tells who listened, connected and sent`() throws {
    let events = try portEvents(RecordedTrace.port)
    #expect(events.allSatisfy { $0.task == 31_664 })
    let openings = events.filter(\.isOpening)
    #expect(
      openings.map { [$0.local.port, $0.peer.port] } == [
        [3699, 0], [3699, 0], [0, 3699], [0, 3699], [57_527, 3699], [33_884, 3699],
      ])
    #expect(openings[0].local.address == TestSocket.loopback4)
    #expect(openings[1].local.address == TestSocket.loopback6)
    #expect(openings[4].peer.address == TestSocket.loopback4 && openings[4].local.isUnspecified)
    #expect(events.map(\.time) == events.map(\.time).sorted())
    // An answer that is handled in an interrupt has the same task here, and is not taken for its deed.
    #expect(events.contains { $0.isInterrupted })
  }

  @Test func `a recorded page tells of a thread and of a program`() throws {
    let events = try taskEvents(RecordedTrace.tasks)
    #expect(events.map(\.task) == [32_015, 32_016, 32_015, 32_016, 32_016])
    let python = Array("python3".utf8)
    #expect(events[0].kind == .began(by: 31_974, isThread: true, command: python))
    #expect(events[1].kind == .began(by: 31_974, isThread: false, command: python))
    #expect(events[2].kind == .ended(command: python, isLast: false))
    #expect(events[3].kind == .executed(path: Array("/bin/true".utf8), previous: 32_016))
    #expect(events[4].kind == .ended(command: Array("true".utf8), isLast: true))
  }

  @Test(arguments: 0..<RecordedTrace.port.count)
  func `every cut page gives the events that are whole`(length: Int) throws {
    let whole = try portEvents(RecordedTrace.port)
    let cut = Array(RecordedTrace.port.prefix(length))
    guard RingPage(cut, layout: layout) != nil else {
      #expect(length < 16)
      return
    }
    let events = try portEvents(cut)
    #expect(events == Array(whole.prefix(events.count)) && events.count < whole.count)
  }

  @Test func `random bytes never make it stop`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      var page = RecordedTrace.port
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        page[Int.random(in: page.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = try portEvents(page)
      _ = try taskEvents(page)
    }
  }

  @Test func `long gaps, times of their own, padding and losses are understood`() throws {
    // A page that begins at 1000 and lost events before; then: 5 later 4 bytes; 2^27 + 3 later nothing; padding of 8
    // bytes after 2; 8 bytes of data in an event with a length of its own, 1 later; a time by itself; 4 bytes at it.
    let page = hex(
      """
      e803000000000000 3800008000000000
      a1000000 01000000
      7e000000 01000000
      5d000000 04000000
      20000000 0c000000 0200000000000000
      ff000000 02000000
      01000000 03000000
      """)
    let parsed = try #require(RingPage(page, layout: layout))
    #expect(parsed.hasLost && parsed.time == 1_000)
    let field = EventFormat.Field(offset: 0, size: 4)
    let late = UInt64(1_000 + 5) + (1 << 27) + 3 + 2 + 1
    let absolute = UInt64(2) << 27 | 7
    #expect(parsed.events.map(\.time) == [1_005, late, absolute])
    #expect(parsed.events.map { $0.number(field) } == [1, 2, 3])
  }

  @Test func `a format without the fields that are needed is refused`() {
    let without = String(decoding: RecordedTrace.state, as: UTF8.self)
      .replacing("skaddr", with: "other")
    #expect(PortEventFormat(state: EventFormat(Array(without.utf8))!) == nil)
    // Before Linux 4.18 the ports were not told.
    let old = String(decoding: RecordedTrace.route, as: UTF8.self).replacing("sport", with: "x")
    #expect(PortEventFormat(route: EventFormat(Array(old.utf8))!, isIPv6: false) == nil)
    #expect(EventFormat(Array("name: x\n".utf8)) == nil)
  }
}
