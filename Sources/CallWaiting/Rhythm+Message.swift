import Flows
import Packets

extension Rhythm {
  /// What one side said without a pause: one or more packets.
  struct Message: Hashable {
    let side: Side
    let time: Timestamp
    let packet: Int
    var length: Int
  }

  /// Packets of one side within 100 ms are one message.
  static func messages(_ turns: [Turn]) -> [Message] {
    var messages: [Message] = []
    var last: Timestamp?
    for turn in turns where turn.length > 0 {
      if let previous = messages.last, previous.side == turn.side, let last,
        turn.time.seconds(since: last) < 0.1
      {
        let (sum, overflow) = previous.length.addingReportingOverflow(turn.length)
        messages[messages.count - 1].length = overflow ? .max : sum
      } else {
        messages.append(
          Message(side: turn.side, time: turn.time, packet: turn.packet, length: turn.length))
      }
      last = turn.time
    }
    return messages
  }

  /// Messages of one side and about one size at even intervals.
  struct Beat {
    /// Their indexes among the messages.
    let members: Set<Int>
    /// Median of their intervals in seconds.
    let interval: Double

    /// Intervals of a keepalive, in seconds.
    static let intervals = 1.0...900.0
    /// Messages of one size that a beat has at least.
    static let least = 4
    /// Bytes by which two keepalives may differ (a counter grows a digit).
    static let slack = 4

    /// The beat with the most members; nil when the side has none.
    init?(of side: Side, in messages: [Message]) {
      let own = messages.indices.filter { messages[$0].side == side }
      var best: (members: [Int], interval: Double)?
      for length in Set(own.map { messages[$0].length }).sorted() {
        let members = own.filter {
          let other = messages[$0].length
          return other >= length && other &- length <= Self.slack
        }
        guard members.count >= Self.least, members.count > best?.members.count ?? 0 else {
          continue
        }
        var gaps: [Double] = []
        for (index, next) in zip(members, members.dropFirst()) {
          gaps.append(messages[next].time.seconds(since: messages[index].time))
        }
        let median = gaps.sorted()[gaps.count / 2]
        guard Self.intervals.contains(median) else { continue }
        let even = gaps.count { abs($0 - median) <= median * 0.2 }
        if even * 4 >= gaps.count * 3 { best = (members, median) }
      }
      guard let best else { return nil }
      members = Set(best.members)
      interval = best.interval
    }
  }
}
