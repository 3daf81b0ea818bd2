public import Flows
public import Packets

/// The SIP messages of a conversation in the order of the capture.
public struct SIPTranscript: Hashable, Sendable {
  /// One message with its place.
  public struct Entry: Hashable, Sendable {
    /// Who sent it.
    public let side: Side
    /// When its first byte was captured.
    public let time: Timestamp
    /// Number of the packet with its first byte.
    public let packet: Int
    /// Where it starts in the side's kept bytes.
    public let offset: Int
    /// The message.
    public let message: SIPMessage
  }

  /// The messages by packet.
  public let entries: [Entry]
  /// Datagrams, or rests of a stream, that are neither SIP nor a keepalive.
  public let foreign: [Turn]
  /// Sides whose first bytes are neither SIP nor a keepalive.
  public let otherwise: Set<Side>

  /// Messages that are read of one side.
  static let most = 256

  /// Reads both sides: every datagram, or the stream message by message.
  public init(of conversation: Conversation) {
    var entries: [Entry] = []
    var foreign: [Turn] = []
    var otherwise: Set<Side> = []
    for side in Side.allCases {
      let found =
        conversation.transport == .udp
        ? Self.datagrams(conversation, side) : Self.stream(conversation, side)
      entries += found.entries
      foreign += found.foreign
      if found.isOtherwise { otherwise.insert(side) }
    }
    self.entries = entries.sorted { ($0.packet, $0.offset) < ($1.packet, $1.offset) }
    self.foreign = foreign
    self.otherwise = otherwise
  }

  private struct Found {
    var entries: [Entry] = []
    var foreign: [Turn] = []
    var isOtherwise = false
  }

  private static func datagrams(_ conversation: Conversation, _ side: Side) -> Found {
    var found = Found()
    let bytes = conversation[side].bytes
    for turn in conversation.turns where turn.side == side {
      guard !turn.range.isEmpty, turn.range.lowerBound >= 0, turn.range.upperBound <= bytes.count
      else { continue }
      let payload = bytes[turn.range]
      if isKeepalive(payload) { continue }
      // Some programs begin a datagram with the line end of the last one (section 7.5).
      let text = payload.drop { $0 == 13 || $0 == 10 }
      if case .message(let message) = SIPMessage.read(text, isDatagram: true) {
        let message = turn.isWhole ? message : message.cut
        found.entries.append(
          Entry(
            side: side, time: turn.time, packet: turn.packet, offset: text.startIndex,
            message: message))
      } else {
        if found.entries.isEmpty { found.isOtherwise = true }
        found.foreign.append(turn)
      }
    }
    return found
  }

  private static func stream(_ conversation: Conversation, _ side: Side) -> Found {
    var found = Found()
    let said = conversation[side]
    let bytes = said.bytes
    let turns = conversation.turns.filter { $0.side == side && !$0.range.isEmpty }
    var rest = bytes[...]
    var isInside = !said.beginsAtStart
    while !rest.isEmpty, found.entries.count < most {
      rest = rest.drop { $0 == 13 || $0 == 10 }
      if rest.isEmpty { break }
      switch SIPMessage.read(rest, isDatagram: false) {
      case .message(let message):
        isInside = false
        if let turn = turn(at: rest.startIndex, in: turns) {
          found.entries.append(
            Entry(
              side: side, time: turn.time, packet: turn.packet, offset: rest.startIndex,
              message: message))
        }
        rest = message.isWhole ? rest.dropFirst(max(1, message.length)) : []
      case .incomplete:
        rest = []
      case .notSIP:
        // A stream whose start was missed begins somewhere inside a message: look for the next one's first line.
        if isInside, let end = rest.firstIndex(of: 10) {
          rest = rest[(end + 1)...]
          continue
        }
        if found.entries.isEmpty { found.isOtherwise = true }
        if let turn = turn(at: rest.startIndex, in: turns) { found.foreign.append(turn) }
        rest = []
      }
    }
    if isInside, found.entries.isEmpty, !bytes.isEmpty { found.isOtherwise = true }
    return found
  }

  private static func turn(at offset: Int, in turns: [Turn]) -> Turn? {
    turns.last { $0.range.lowerBound <= offset } ?? turns.first
  }

  /// Line ends, zeros or blanks that hold a NAT binding open (RFC 5626 section 3.5 and what stacks do).
  private static func isKeepalive(_ payload: ArraySlice<UInt8>) -> Bool {
    payload.count <= 8 && payload.allSatisfy { [0, 9, 10, 13, 0x20].contains($0) }
  }
}

extension SIPMessage {
  /// The same message, known to be cut.
  fileprivate var cut: SIPMessage {
    SIPMessage(
      start: start, headers: headers, body: body, bodyOffset: bodyOffset, length: length,
      isHeadWhole: isHeadWhole, isWhole: false)
  }
}
