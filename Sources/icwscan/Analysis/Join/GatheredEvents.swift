import Packets
import Report

/// The packets of an archive's captures, to be put into the order of time.
struct GatheredEvents {
  /// The packets of one capture, in its order.
  private struct OfCapture {
    var events: [JoinedEvent] = []
    /// The time of the first packet that has one.
    var first: Timestamp?
    /// The latest time.
    var last = Timestamp(nanoseconds: 0)
    /// Whether every packet has a time.
    var isTimed = true

    mutating func add(_ event: JoinedEvent) {
      let time = event.event.time
      events.append(event)
      if time.nanoseconds <= 0 { isTimed = false } else if first == nil { first = time }
      last = max(last, time)
    }
  }

  private var captures = [OfCapture()]
  /// The bytes that they take, about.
  private(set) var size = 0

  /// Adds a packet of the capture that is being read; returns the bytes that it takes, about: its payload on the wire, what
  /// its file says of it, and as much as a packet takes beside them, whatever of it is kept.
  mutating func add(_ event: JoinedEvent) -> Int {
    var bytes = 512 + (event.event.remarks?.size ?? 0)
    if case .packet(let packet, payload: _) = event.event.content { bytes += packet.payloadLength }
    captures[captures.count - 1].add(event)
    size += bytes
    return bytes
  }

  /// Ends the capture that is being read.
  mutating func endCapture() {
    if captures.last?.events.isEmpty == false { captures.append(OfCapture()) }
  }

  /// Gives all of them away: capture by capture by their first packets, or packet by packet where captures overlap. Those
  /// without a time stay where they were.
  mutating func takeOrdered() -> [JoinedEvent] {
    defer { captures = [OfCapture()] }
    let filled = captures.filter { !$0.events.isEmpty }
    guard filled.count > 1, filled.allSatisfy({ $0.first != nil }) else {
      return filled.flatMap(\.events)
    }
    let sorted = filled.enumerated().sorted {
      let (one, other) = ($0.element.first, $1.element.first)
      return one == other
        ? $0.offset < $1.offset : (one ?? $0.element.last) < (other ?? $1.element.last)
    }.map(\.element)
    let overlaps = zip(sorted, sorted.dropFirst()).contains { one, next in
      one.last > (next.first ?? next.last)
    }
    let events = sorted.flatMap(\.events)
    guard overlaps, sorted.allSatisfy(\.isTimed) else { return events }
    return events.enumerated().sorted {
      let (one, other) = ($0.element.event.time, $1.element.event.time)
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
  }
}
