import Flows
import Packets

/// A conversation read as messages in DNS's format, over UDP or, with lengths in front, over TCP.
struct DNSTalk {
  /// One message and where it lies.
  struct Said {
    let side: Side
    let offset: Int
    let length: Int
    let message: DNSMessage
  }

  /// Messages in order; over TCP the client's first.
  private(set) var said: [Said] = []
  /// Whether bytes contradict.
  private(set) var isWrong = false
  /// Whether a side spoke, but too little to be a message.
  private(set) var hasUnread = false

  /// Reads what both sides say.
  init(_ conversation: Conversation) {
    guard conversation.transport == .udp else {
      for side in Side.allCases {
        readStream(conversation[side], side)
        if !conversation[side].bytes.isEmpty, !said.contains(where: { $0.side == side }) {
          hasUnread = true
        }
      }
      return
    }
    for datagram in conversation.payloads(most: 16) {
      guard let message = DNSMessage(datagram.bytes, length: datagram.length) else {
        // A header that was cut says too little, but does not contradict.
        isWrong = datagram.isWhole || datagram.bytes.count >= 12
        return
      }
      said.append(
        Said(
          side: datagram.turn.side, offset: datagram.turn.range.lowerBound,
          length: datagram.bytes.count,
          message: message))
    }
  }

  /// Messages behind lengths of two bytes (RFC 1035 section 4.2.2).
  private mutating func readStream(_ side: SideBytes, _ name: Side) {
    var reader = Reader(side.bytes.span)
    guard side.beginsAtStart else { return }
    while let length = reader.uint16(), said.count < 32 {
      let start = reader.offset
      guard length >= 17 || length == 12 else {
        isWrong = true
        return
      }
      let count = min(Int(length), reader.remaining)
      // Other streams have a long message here, of which the header tells that it is none.
      var ahead = reader
      if count >= DNSHeader.length, DNSHeader(&ahead)?.fits(Int(length)) != true {
        isWrong = true
        return
      }
      _ = reader.skip(count)
      let bytes = Array(side.bytes[start..<start + count])
      guard let message = DNSMessage(bytes, length: Int(length)) else {
        if bytes.count == Int(length) || bytes.count >= 12 { isWrong = true }
        return
      }
      if length == bytes.count || !message.questions.isEmpty {
        said.append(Said(side: name, offset: start, length: bytes.count, message: message))
      }
    }
  }

  /// The opinion that the conversation is of this kind.
  func opinion(_ name: String, _ kind: DNSMessage.Kind) -> Opinion {
    guard !isWrong else { return .no }
    guard let first = said.first else { return .undecided }
    guard said.allSatisfy({ $0.message.kind == kind }) || kind == .multicast && isMulticast else {
      return .no
    }
    let asked = said.first { !$0.message.isResponse }
    let pair = answered(kind)
    let strength: Recognition.Strength
    if pair != nil {
      strength = .answered
    } else if kind == .multicast || kind == .netBIOS && first.message.operation != 0 {
      strength = .consistent
    } else if hasUnread {
      // Who is answered has asked by then: a text of few bytes is no question.
      strength = .oneSided
    } else {
      // A header alone is no message that would speak for another.
      strength = said.count { $0.length > 12 } > 1 ? .consistent : .oneSided
    }
    // A message that was cut shows less; one in full has every length to vouch for it.
    let isTold =
      if let pair {
        pair.0.message.isTold || pair.1.message.isTold
      } else {
        said.contains { $0.message.isWhole && $0.length > 12 || !$0.message.questions.isEmpty }
      }
    guard isTold else { return .undecided }
    let shown = [pair?.0 ?? first, pair?.1].compactMap(\.self)
    var facts = [shown.lazy.compactMap(\.message.question).first, shown.last?.message.answer]
      .compactMap(\.self)
    if let code = pair?.1.message.code, code != 0 {
      facts.append(Fact(.status, Self.name(ofCode: code)))
    }
    return .yes(
      Recognition(
        name, strength, grounds: shown.map { Ground($0.side, $0.offset, $0.length, "message") },
        facts: facts,
        clientIs: kind == .multicast ? nil : asked?.side ?? first.side.opposite))
  }

  /// Whether one message is multicast's, and the others carry no identifier and ask for no
  /// recursion either.
  private var isMulticast: Bool {
    said.contains { $0.message.kind == .multicast }
      && said.allSatisfy {
        $0.message.kind == .multicast
          || $0.message.identifier == 0 && $0.message.flags & 0x0100 == 0
      }
  }

  /// A query and the response that repeats its identifier and question.
  private func answered(_ kind: DNSMessage.Kind) -> (Said, Said)? {
    for query in said where !query.message.isResponse {
      for response in said where response.side != query.side && response.message.isResponse {
        guard response.message.identifier == query.message.identifier else { continue }
        guard response.message.operation == query.message.operation else { continue }
        let isSame = response.message.questions.first == query.message.questions.first
        if isSame || response.message.questions.isEmpty { return (query, response) }
      }
    }
    return nil
  }

  private static func name(ofCode code: UInt16) -> String {
    let names: [UInt16: String] = [
      1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN",
      8: "NXRRSET",
      9: "NOTAUTH",
    ]
    return names[code] ?? "RCODE\(code)"
  }
}
