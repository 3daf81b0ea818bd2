import Packets

@testable import Flows

/// One line of a file of labelled streams: what a flow's two sides said, and what it truly is.
struct LabelledStream {
  let path: String
  let label: String
  let conversation: Conversation

  /// A line of tab-separated columns; nil when it is none.
  init?(_ line: some StringProtocol) {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard columns.count > 6, let transport = Transport(columns[4]) else { return nil }
    path = String(columns[0])
    label = String(columns[1])
    let knowsClient = columns[5] == "1"
    var sides: [Side: SideBytes] = [:]
    for side in Side.allCases { sides[side] = SideBytes([], beginsAtStart: knowsClient) }
    var turns: [Turn] = []
    for column in columns[6...] {
      guard let side = Self.side(column.prefix(2)) else { return nil }
      let isCut = column.dropFirst(2).first == "-"
      guard let bytes = Self.bytes(column.dropFirst(isCut ? 3 : 2)) else { return nil }
      // Behind a cut segment the stream has a hole: what comes later is not kept.
      if transport == .tcp, sides[side]?.isIncomplete == true { continue }
      let start = sides[side]?.bytes.count ?? 0
      sides[side]?.bytes += bytes
      sides[side]?.total += bytes.count
      if isCut { sides[side]?.isIncomplete = true }
      turns.append(
        Turn(
          side: side, time: Timestamp(seconds: Int64(turns.count), nanoseconds: 0),
          packet: turns.count + 1, range: start..<start + bytes.count,
          length: bytes.count + (isCut ? 1 : 0)))
    }
    conversation = Conversation(
      transport: transport, client: sides[.client] ?? SideBytes(),
      server: sides[.server] ?? SideBytes(),
      turns: turns, knowsClient: knowsClient, isFinished: true)
  }

  private static func side(_ mark: some StringProtocol) -> Side? {
    mark == "c:" ? .client : mark == "s:" ? .server : nil
  }

  private static func bytes(_ hex: some StringProtocol) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}

extension Transport {
  fileprivate init?(_ name: some StringProtocol) {
    switch name {
    case "tcp": self = .tcp
    case "udp": self = .udp
    default: return nil
    }
  }
}
