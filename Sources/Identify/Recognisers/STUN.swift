import Flows
import Packets

extension Recogniser {
  /// STUN and TURN: messages with the magic cookie whose attributes fill them, checksums, and
  /// answers that repeat the transaction identifier; without the cookie (RFC 3489) only the
  /// repetition counts, or attributes that are known.
  static let stun = Recogniser(
    name: "stun", title: "Session Traversal Utilities for NAT",
    specification: "RFC 8489 section 5, RFC 8656, RFC 3489",
    transports: [.udp, .tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let said = conversation.transport == .udp ? datagrams(conversation) : streams(conversation)
    guard let first = said.first else { return isOpen(conversation) ? .undecided : .no }
    var strength: Recognition.Strength?
    var shown = [first]
    if let pair = echo(said) {
      strength = .proven
      shown = [pair.0, pair.1]
    } else if let proven = said.first(where: { $0.message.isProven }) {
      strength = .proven
      shown = [proven]
    } else if said.contains(where: { $0.message.hasCookie }) {
      strength = first.message.kind == .indication || said.count > 1 ? .consistent : .oneSided
    } else if said.allSatisfy({ $0.message.isTelling }) {
      strength = said.count > 1 ? .consistent : .oneSided
    }
    guard let strength else { return .undecided }
    let messages = said.map(\.message)
    var facts: [Fact] = []
    if let naming = messages.first(where: { $0.software != nil }), let name = naming.software {
      let isServer = naming.kind == .success || naming.kind == .error
      facts.append(Fact(isServer ? .server : .userAgent, name))
    }
    if let user = messages.lazy.compactMap(\.user).first { facts.append(Fact(.user, user)) }
    if let realm = messages.lazy.compactMap(\.realm).first { facts.append(Fact(.host, realm)) }
    let asking = said.first { $0.message.kind == .request }
    return .yes(
      Recognition(
        "stun", strength,
        grounds: shown.map {
          Ground($0.side, $0.offset, $0.message.length, "message that its attributes fill")
        },
        facts: facts, clientIs: asking?.side ?? (echo(said) == nil ? nil : first.side)))
  }

  /// One message and where it is.
  private struct Heard {
    let side: Side
    let offset: Int
    let message: STUNMessage
  }

  /// Messages in datagrams; the first datagram must be one, others may be what STUN opened the way
  /// for.
  private static func datagrams(_ conversation: Conversation) -> [Heard] {
    var heard: [Heard] = []
    for datagram in conversation.payloads() {
      guard let message = STUNMessage(datagram.bytes, mustEndAt: datagram.length) else {
        if heard.isEmpty { return [] }
        continue
      }
      heard.append(
        Heard(side: datagram.turn.side, offset: datagram.turn.range.lowerBound, message: message))
    }
    return heard
  }

  /// Messages with the cookie in streams, bare (RFC 8489 section 6.2.2) or behind lengths of two
  /// bytes (RFC 4571).
  private static func streams(_ conversation: Conversation) -> [Heard] {
    var heard: [Heard] = []
    for side in Side.allCases
    where conversation[side].beginsAtStart && !conversation[side].bytes.isEmpty {
      let bytes = conversation[side].bytes
      for offset in [0, 2] where bytes.count > offset + 20 || bytes.count == 20 {
        let end = offset == 2 ? 2 + (Int(bytes[0]) << 8 | Int(bytes[1])) : nil
        guard let message = STUNMessage(bytes, from: offset, mustEndAt: end), message.hasCookie,
          offset + message.length <= bytes.count || conversation[side].isIncomplete
        else { continue }
        heard.append(Heard(side: side, offset: offset, message: message))
        break
      }
    }
    return heard
  }

  /// Whether a stream is still shorter than a header and could become one.
  private static func isOpen(_ conversation: Conversation) -> Bool {
    conversation.transport == .tcp
      && Side.allCases.allSatisfy {
        conversation[$0].bytes.count < 22 && conversation[$0].bytes.first ?? 0 < 0x40
      }
  }

  private static func echo(_ said: [Heard]) -> (Heard, Heard)? {
    for request in said where request.message.kind == .request {
      // Not every program answers with the type that its request asks for, but all repeat the
      // transaction.
      for answer in said
      where answer.side != request.side && answer.message.type != request.message.type {
        if answer.message.transaction == request.message.transaction { return (request, answer) }
      }
    }
    return nil
  }
}
