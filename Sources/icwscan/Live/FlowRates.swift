import Flows
import Packets
import Report

/// How much the flows of a live capture move, measured over a second.
struct FlowRates {
  /// A flow that is in the capture's table now.
  struct Flow {
    let slot: Int
    /// In the last second.
    let packets: Int
    let bytes: Int
    let isOver: Bool
    fileprivate let allBytes: Int
    fileprivate let first: Timestamp
    fileprivate let last: Timestamp
  }

  private struct Sample {
    let number: Int
    let packets: Int
    let bytes: Int
    let time: Int64
    var rate: (packets: Int, bytes: Int) = (0, 0)
  }

  private static let second: Int64 = 1_000_000_000
  private var samples: [Int: Sample] = [:]

  /// All flows with their rates, at a time of the clock that nobody sets. As many as the capture keeps.
  mutating func look(at work: borrowing LiveWork, now: Int64) -> [Flow] {
    var flows: [Flow] = []
    flows.reserveCapacity(work.open.count)
    var kept: [Int: Sample] = [:]
    kept.reserveCapacity(work.open.count)
    for slot in work.open.keys {
      let flow = work.pipeline.table[slot]
      let bytes = flow.clientCounters.bytes &+ flow.serverCounters.bytes
      var sample =
        samples[slot].flatMap { $0.number == flow.number ? $0 : nil }
        ?? Sample(number: flow.number, packets: 0, bytes: 0, time: now)
      let age = now - sample.time
      if age >= Self.second {
        let rate = (
          packets: Self.perSecond(flow.packets - sample.packets, age),
          bytes: Self.perSecond(bytes - sample.bytes, age)
        )
        sample = Sample(
          number: flow.number, packets: flow.packets, bytes: bytes, time: now, rate: rate)
      }
      kept[slot] = sample
      flows.append(
        Flow(
          slot: slot, packets: sample.rate.packets, bytes: sample.rate.bytes,
          isOver: flow.isOver, allBytes: bytes, first: flow.first, last: flow.last))
    }
    samples = kept
    return flows
  }

  /// The flows in an order; what goes on stands above what is over.
  func sorted(_ flows: [Flow], by order: LiveTable.Order) -> [Flow] {
    flows.sorted { one, other in
      if one.isOver != other.isOver { return other.isOver }
      switch order {
      case .rate:
        if one.bytes != other.bytes { return one.bytes > other.bytes }
        if one.last != other.last { return one.last > other.last }
      case .newest: if one.first != other.first { return one.first > other.first }
      case .bytes: if one.allBytes != other.allBytes { return one.allBytes > other.allBytes }
      }
      return one.slot < other.slot
    }
  }

  private static func perSecond(_ count: Int, _ nanoseconds: Int64) -> Int {
    Int((Double(max(0, count)) * Double(second) / Double(nanoseconds)).rounded())
  }
}

extension Flow {
  /// Whether nothing more is to come: both sides have ended it, or one of them at once.
  fileprivate var isOver: Bool {
    switch state {
    case .closed, .refused, .reset, .halfOpenReset: true
    default: end != nil
    }
  }
}
