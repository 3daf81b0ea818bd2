@testable import Sockets

extension FuzzTarget {
  /// Pages of the trace ring, and the files that describe them: events come in no other order than they stand in, and the
  /// tables that remember them stay within their bounds.
  ///
  ///     kind (1: 0 and 1 pages, 2 a format, 3 the layout's files), bytes
  static let trace = FuzzTarget(name: "trace", longest: 4_097) {
    [
      [0] + RecordedTrace.port, [1] + RecordedTrace.tasks, [2] + RecordedTrace.state,
      [2] + RecordedTrace.route6, [3] + RecordedTrace.headerPage, [3] + RecordedTrace.headerEvent,
    ]
  } run: { bytes in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    let text = input.rest()
    switch kind {
    case 2:
      guard let format = EventFormat(text) else { return }
      _ = PortEventFormat(state: format)
      _ = PortEventFormat(route: format, isIPv6: true)
      _ = TaskEventFormat(format)
    case 3:
      _ = RingLayout(page: text, event: RecordedTrace.headerEvent)
      _ = RingLayout(page: RecordedTrace.headerPage, event: text)
    default: takePages(text)
    }
  }

  private static func takePages(_ bytes: [UInt8]) {
    guard let layout = RingLayout(page: RecordedTrace.headerPage, event: RecordedTrace.headerEvent),
      let page = RingPage(bytes, layout: layout)
    else { return }
    var openings = OpeningTable()
    var tasks = TaskLedger(since: 0)
    for record in page.events {
      for format in ports {
        guard let event = format.event(record) else { continue }
        openings.note(event, witness: nil)
        _ = openings.openers(
          isDatagram: false, local: event.local, peer: event.peer, at: event.time)
        _ = openings.listeners(on: event.local, at: event.time)
        _ = openings.isPending(to: event.peer, at: event.time)
      }
      for format in threads {
        guard let event = format.event(record) else { continue }
        tasks.note(event) { $0 }
        _ = tasks.hasEnded(event.task, livingAt: 0, before: event.time)
      }
    }
    demand(openings.count <= OpeningTable.limit, "openings are bounded")
    demand(tasks.count <= TaskLedger.limit, "tasks are bounded")
    demand(page.events.count <= bytes.count / 4, "events lie beside each other")
  }

  private static let ports: [PortEventFormat] = [
    EventFormat(RecordedTrace.state).flatMap { PortEventFormat(state: $0) },
    EventFormat(RecordedTrace.route).flatMap { PortEventFormat(route: $0, isIPv6: false) },
    EventFormat(RecordedTrace.route6).flatMap { PortEventFormat(route: $0, isIPv6: true) },
  ].compactMap(\.self)

  private static let threads: [TaskEventFormat] = [
    RecordedTrace.newTask, RecordedTrace.executed, RecordedTrace.ended,
  ].compactMap { EventFormat($0).flatMap { TaskEventFormat($0) } }
}
