/// The RTP packets of one side, told apart by source.
struct RTPStreams {
  private var last: [UInt32: RTPPacket] = [:]
  private var runs: [UInt32: Int] = [:]
  private var exact: [UInt32: Int] = [:]
  private var advances: [UInt32: Int] = [:]
  /// How many packets followed no other.
  private(set) var strays = 0

  /// Counts a packet.
  mutating func note(_ packet: RTPPacket) {
    let source = packet.source
    defer { last[source] = packet }
    guard let earlier = last[source] else {
      if last.count >= 8 { strays += 1 }
      return
    }
    guard earlier.isFollowed(by: packet) else {
      strays += 1
      return
    }
    runs[source, default: 0] += 1
    if packet.sequence == earlier.sequence &+ 1 { exact[source, default: 0] += 1 }
    if packet.timestamp != earlier.timestamp { advances[source, default: 0] += 1 }
  }

  /// Packets of the source that has most in a row, if they follow one another as RTP's do: most
  /// without a gap, and the clock moves.
  var longest: Int {
    guard let (source, count) = runs.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
      return 0
    }
    guard exact[source, default: 0] * 2 >= count, advances[source, default: 0] > 0 else { return 0 }
    return count + 1
  }

  /// How many sources there are.
  var sources: Int { last.count }
}
