import Packets
import Report

/// The packets of an archive's captures, to be put into the order of time.
struct GatheredEvents {
  /// The packets of one capture, in its order.
  private struct OfCapture {
    var events: [JoinedEvent] = []

    /// The time of the first packet that has one.
    var first: Timestamp? { events.first { $0.event.time.nanoseconds > 0 }?.event.time }
    var last: Timestamp? { events.last { $0.event.time.nanoseconds > 0 }?.event.time }
  }

  /// Bytes of packets that are read ahead; what comes after them is taken in the archive's order.
  private static let most = 256 * 1024 * 1024

  private var captures = [OfCapture()]
  /// The bytes that they take, about.
  private var size = 0

  /// Whether more may be read ahead.
  var hasRoom: Bool { size < Self.most }

  /// Adds packets of the capture that is being read.
  mutating func add(_ events: ArraySlice<JoinedEvent>, endsCapture: Bool) {
    for event in events { size += 512 + event.payloadSize }
    captures[captures.count - 1].events += events
    if endsCapture { captures.append(OfCapture()) }
  }

  /// All of them: capture by capture by their first packets, or packet by packet where captures overlap. Those without a
  /// time stay where they were.
  var ordered: [JoinedEvent] {
    let filled = captures.filter { !$0.events.isEmpty }
    let firsts = filled.map(\.first)
    guard filled.count > 1, !firsts.contains(nil) else { return filled.flatMap(\.events) }
    let sorted = filled.enumerated().sorted {
      let (one, other) = ($0.element.first, $1.element.first)
      return one == other ? $0.offset < $1.offset : (one ?? .zero) < (other ?? .zero)
    }.map(\.element)
    let overlaps = zip(sorted, sorted.dropFirst()).contains { one, next in
      (one.last ?? .zero) > (next.first ?? .zero)
    }
    let events = sorted.flatMap(\.events)
    let areTimed = events.allSatisfy { $0.event.time.nanoseconds > 0 }
    guard overlaps, areTimed else { return events }
    return events.enumerated().sorted {
      let (one, other) = ($0.element.event.time, $1.element.event.time)
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
  }
}

extension Timestamp {
  fileprivate static var zero: Timestamp { Timestamp(nanoseconds: 0) }
}

extension JoinedEvent {
  /// Bytes of its payload.
  fileprivate var payloadSize: Int {
    guard case .packet(_, payload: let payload) = event.content else { return 0 }
    return payload.count
  }
}
