import Flows
import Packets

/// What bytes and times exclude as call waiting, whatever the protocol is (A2 and A4).
enum Exclusion {
  /// The shapes of A4.
  enum Shape: String {
    /// Datagrams like those of voice or video.
    case media
    /// More than a signalling protocol says in one breath.
    case bulk
  }

  /// Bits a second of two ISDN channels, the widest dial-up.
  static let lineRate = 128_000.0
  /// Seconds for which the rate must hold.
  static let sustained = 5.0
  /// Bytes said without a pause that are bulk: twenty times the longest documented message.
  static let bulk = 32_768
  /// Datagrams of one side that are media when they come this densely.
  static let mediaDatagrams = 30
  /// Seconds in which so many come.
  static let mediaSeconds = 2.0

  /// Bits a second in one direction, when they exceed the line's for more than five seconds.
  static func throughput(of flow: Flow) -> Int? {
    let seconds = flow.last.seconds(since: flow.first)
    for side in Side.allCases {
      // Copies and retransmissions are in the counter, never in the stream's total.
      let bytes = min(flow.counters(side).payloadBytes, flow.conversation[side].total)
      let rate = seconds > sustained ? Double(bytes) * 8 / seconds : 0
      if rate > lineRate { return Int(min(rate, 1e15)) }
      if let rate = burst(of: side, in: flow.conversation.turns) { return rate }
    }
    return nil
  }

  /// The rate of the first packets that already exceed the line for more than five seconds.
  private static func burst(of side: Side, in turns: [Turn]) -> Int? {
    let own = turns.filter { $0.side == side }
    for start in own.indices {
      var bytes = 0.0
      for turn in own[start...].dropFirst() {
        bytes += Double(turn.length)
        let seconds = turn.time.seconds(since: own[start].time)
        let rate = seconds > sustained ? bytes * 8 / seconds : 0
        if rate > lineRate { return Int(min(rate, 1e15)) }
      }
    }
    return nil
  }

  /// Media or bulk transfer in either direction.
  static func mediaOrBulk(_ flow: Flow) -> Shape? {
    for side in Side.allCases {
      let own = flow.conversation.turns.filter { $0.side == side }
      if flow.transport == .udp, isMedia(own) { return .media }
      if isBulk(own) { return .bulk }
    }
    return nil
  }

  private static func isMedia(_ turns: [Turn]) -> Bool {
    guard turns.count >= mediaDatagrams else { return false }
    return zip(turns, turns.dropFirst(mediaDatagrams - 1)).contains {
      (0...mediaSeconds).contains($1.time.seconds(since: $0.time))
    }
  }

  private static func isBulk(_ turns: [Turn]) -> Bool {
    var said = 0.0
    var last: Timestamp?
    for turn in turns {
      if let last, turn.time.seconds(since: last) > 1 { said = 0 }
      said += Double(turn.length)
      last = turn.time
      if said > Double(bulk) { return true }
    }
    return false
  }
}
