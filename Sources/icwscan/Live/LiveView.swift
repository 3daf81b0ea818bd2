import Captures
import Flows
import Glibc
import Packets
import Report

/// The table of a live capture: what it shows when.
struct LiveView {
  /// The shortest time between two pictures, in nanoseconds: a packet is seen at once, and a flood does not tire anybody.
  private static let pause: Int64 = 100_000_000
  /// The longest: rates and ages change by themselves.
  private static let longestPause: Int64 = 1_000_000_000
  /// How much longer than it took to draw a picture nothing is drawn: a tenth of the time at most.
  private static let share: Int64 = 10
  /// How long a message stands in place of the keys.
  private static let messageTime: Int64 = 10_000_000_000

  /// The terminal.
  let screen: Screen
  private let interfaces: [String]
  private let began = Clock.monotonic
  private var order = LiveTable.Order.rate
  private var above = 0
  private var rates = FlowRates()
  private var drawn: Int64 = 0
  private var next: Int64 = 0
  private var isStale = true
  private var packetsDrawn = 0
  private var packetsBefore: (count: Int, time: Int64) = (0, 0)
  private var packetsPerSecond = 0
  private var message: (text: String, time: Int64)?

  /// A table on a terminal, which it takes over.
  init(_ screen: Screen, interfaces: [String]) {
    self.screen = screen
    self.interfaces = interfaces
    packetsBefore.time = began
    screen.begin()
  }

  /// How long nothing is to be drawn, in milliseconds.
  func milliseconds(most: Int32) -> Int32 {
    let due = isStale ? next : max(next, drawn &+ Self.longestPause)
    return Int32(clamping: min(Int64(most), max(0, (due - Clock.monotonic) / 1_000_000 + 1)))
  }

  /// Answers keys; false when the user wants the end, or the terminal is gone.
  mutating func answerKeys() -> Bool {
    guard let bytes = screen.keys() else { return false }
    for key in TableKey.all(in: bytes) {
      isStale = true
      next = 0
      let page = max(1, room - 1)
      switch key {
      case .quit: return false
      case .sort:
        let all = LiveTable.Order.allCases
        order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
      case .redraw: screen.forget()
      case .up: above -= 1
      case .down: above += 1
      case .pageUp: above -= page
      case .pageDown: above += page
      case .top: above = 0
      case .bottom: above = .max / 2
      }
      above = max(0, above)
    }
    return true
  }

  /// The terminal has other measures, or was somebody else's meanwhile.
  mutating func noteChange(isTakenBack: Bool) {
    if isTakenBack { screen.begin() }
    isStale = true
    next = 0
  }

  private var room: Int {
    let measures = screen.measures
    return LiveTable.room(columns: measures.columns, lines: measures.lines)
  }

  /// What is waited for on the terminal.
  var request: pollfd {
    let events = screen.isBusy ? POLLIN | POLLOUT : POLLIN
    return pollfd(fd: screen.descriptor, events: Int16(events), revents: 0)
  }

  /// Whether it is time to draw and there is something new.
  mutating func isDue(packets: Int) -> Bool {
    screen.flush()
    let now = Clock.monotonic
    if packets != packetsDrawn { isStale = true }
    return now >= next && (isStale || now - drawn >= Self.longestPause) && !screen.isBusy
  }

  /// Draws.
  mutating func draw(
    _ work: inout LiveWork, _ reporter: inout Reporter, _ counters: DropsRecord
  ) {
    let now = Clock.monotonic
    isStale = false
    packetsDrawn = work.onPort
    noteMessage(now)
    let measures = screen.measures
    let table = table(&work, &reporter, counters, now)
    screen.draw(
      table.lines(
        columns: measures.columns, lines: measures.lines, colour: screen.isColoured), measures)
    drawn = Clock.monotonic
    next = max(now &+ Self.pause, drawn &+ Self.share * (drawn - now))
  }

  private mutating func noteMessage(_ now: Int64) {
    if let text = Diagnostics.takeLast() {
      message = (text, now)
      // Whoever else writes to the terminal has been told of here: the picture may be disturbed.
      screen.forget()
    }
    if let time = message?.time, now - time > Self.messageTime { message = nil }
  }

  private mutating func table(
    _ work: inout LiveWork, _ reporter: inout Reporter, _ counters: DropsRecord,
    _ now: Int64
  ) -> LiveTable {
    let elapsed = now - packetsBefore.time
    if elapsed >= 1_000_000_000 {
      let count = Double(work.onPort - packetsBefore.count) * 1e9 / Double(elapsed)
      packetsPerSecond = Int(count.rounded())
      packetsBefore = (work.onPort, now)
    }
    let flows = rates.look(at: work, now: now)
    let shown = rates.sorted(flows, by: order)
    let room = room
    above = min(above, max(0, shown.count - room))
    let open = flows.count { !$0.isOver }
    var table = LiveTable(
      port: work.port, interfaces: interfaces, elapsed: now - began,
      counters: counters, packetsPerSecond: packetsPerSecond,
      tally: work.tally(reporter), owners: work.owners.map { reporter.redactor?.redact($0) ?? $0 },
      flows: (open, flows.count - open + reporter.tally.flows), place: (above, shown.count),
      order: order, message: message?.text)
    table.rows = shown.dropFirst(above).prefix(room).compactMap { flow in
      work.record(of: flow.slot).map {
        LiveTableRow(
          record: reporter.told($0), packetsPerSecond: flow.packets, bytesPerSecond: flow.bytes,
          isOver: flow.isOver)
      }
    }
    return table
  }
}
