import Flows
import Packets

/// A dialog as a play: who says what, and at which second.
struct Script {
  struct Line {
    let side: Side
    let seconds: Double
    let bytes: [UInt8]
  }

  var transport = Transport.udp
  var lines: [Line] = []

  mutating func say(_ side: Side, at seconds: Double, _ head: String, body: String = "") {
    lines.append(Line(side: side, seconds: seconds, bytes: Self.message(head, body: body)))
  }

  /// A SIP message with line ends of the protocol and its Content-Length.
  static func message(_ head: String, body: String = "") -> [UInt8] {
    let body = wire(body)
    return wire(head) + Array("\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  static func wire(_ text: String) -> [UInt8] {
    Array(
      text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
  }

  /// The conversation as captured; with `only`, the other side's packets were not.
  func conversation(only: Side? = nil, first count: Int? = nil) -> Conversation {
    var sides: [Side: [UInt8]] = [.client: [], .server: []]
    var turns: [Turn] = []
    for (index, line) in lines.prefix(count ?? lines.count).enumerated() {
      if let only, line.side != only { continue }
      let start = sides[line.side, default: []].count
      sides[line.side, default: []] += line.bytes
      turns.append(
        Turn(
          side: line.side,
          time: Timestamp(nanoseconds: 1_100_000_000_000_000_000 + Int64(line.seconds * 1e9)),
          packet: index + 1, range: start..<start + line.bytes.count, length: line.bytes.count))
    }
    return Conversation(
      transport: transport, client: SideBytes(sides[.client] ?? []),
      server: SideBytes(sides[.server] ?? []), turns: turns, isFinished: true)
  }

  /// The same conversation with the two ends exchanged: the network opened the connection.
  var mirrored: Script {
    var script = self
    script.lines = lines.map { Line(side: $0.side.opposite, seconds: $0.seconds, bytes: $0.bytes) }
    return script
  }

  /// The same conversation over a stream.
  var overTCP: Script {
    var script = self
    script.transport = .tcp
    return script
  }
}
