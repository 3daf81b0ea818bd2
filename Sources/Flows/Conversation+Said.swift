public import Packets

extension Conversation {
  /// A conversation from what was said in turn: `[(.client, bytes), (.server, bytes), ...]`, one packet each, one second
  /// apart, for tests and for callers that have bytes without packets.
  public init(
    _ transport: Transport, _ said: [(Side, [UInt8])], knowsClient: Bool = true,
    isFinished: Bool = true
  ) {
    var sides: [Side: [UInt8]] = [.client: [], .server: []]
    var turns: [Turn] = []
    for (index, (side, bytes)) in said.enumerated() {
      let start = sides[side, default: []].count
      sides[side, default: []] += bytes
      turns.append(
        Turn(
          side: side, time: Timestamp(seconds: Int64(index), nanoseconds: 0), packet: index + 1,
          range: start..<start + bytes.count, length: bytes.count))
    }
    self.init(
      transport: transport, client: SideBytes(sides[.client] ?? []),
      server: SideBytes(sides[.server] ?? []),
      turns: turns, knowsClient: knowsClient, isFinished: isFinished)
  }
}
