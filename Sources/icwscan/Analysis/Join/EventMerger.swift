import Packets
import Report

/// The packets of many inputs in the order of their times.
///
/// Each input is taken in its own order: a packet that is older than the one before it does not overtake it. Inputs are
/// opened when their first frame's turn comes, so that of rotated captures two are open at a time.
struct EventMerger {
  /// Inputs that are open at the same time; beyond that one waits for the end of another.
  static let mostOpen = 256

  private struct Open {
    let source: any EventSource
    let place: Int
    var time: Timestamp
    var next: JoinedEvent?
  }

  private var waiting: [(input: EventInput, place: Int)]
  private var open: [Open] = []
  /// What the inputs that are done counted.
  private(set) var totals = AnalysisTotals()
  /// Whether an input had to wait though its time had come.
  private(set) var isCrowded = false

  /// A merger of these inputs.
  init(_ inputs: [EventInput]) {
    waiting = inputs.enumerated().sorted { one, other in
      let (first, second) = (one.element.first, other.element.first)
      if first != second {
        // Without a frame there is nothing to wait for.
        guard let first, let second else { return first == nil }
        return first < second
      }
      return one.element.name == other.element.name
        ? one.offset < other.offset
        : one.element.name.lexicographicallyPrecedes(other.element.name)
    }.enumerated().reversed().map { ($0.element.element, $0.offset) }
  }

  /// What was counted so far, also in inputs that are not done.
  var counted: AnalysisTotals {
    open.reduce(into: totals) { $0.add($1.source.totals) }
  }

  /// The next packet; nil when all inputs are done.
  ///
  /// - Throws: `CaptureError` of an input; the next call goes on.
  mutating func next() throws -> JoinedEvent? {
    while true {
      // Sources whose next packet is not known yet come first.
      if let index = open.firstIndex(where: { $0.next == nil }) {
        guard var event = try open[index].source.next() else {
          totals.add(open[index].source.totals)
          open.remove(at: index)
          continue
        }
        event.place = open[index].place
        open[index].time = max(open[index].time, event.event.time)
        open[index].next = event
        continue
      }
      let earliest = open.indices.min {
        (open[$0].time, open[$0].place) < (open[$1].time, open[$1].place)
      }
      if let input = waiting.last,
        earliest.map({ (input.input.first ?? open[$0].time) <= open[$0].time }) ?? true
      {
        if open.count < Self.mostOpen {
          waiting.removeLast()
          open.append(
            Open(
              source: try input.input.open(), place: input.place,
              time: input.input.first ?? Timestamp(nanoseconds: .min)))
          continue
        }
        isCrowded = true
      }
      guard let earliest else { return nil }
      defer { open[earliest].next = nil }
      return open[earliest].next
    }
  }
}
