import Flows
import Packets

extension Recogniser {
  /// H.323: Q.931 call signalling in TPKT with H.225's object identifier, H.245 control in TPKT,
  /// and registration over UDP with the identifier in front.
  static let h323 = Recogniser(
    name: "h323", title: "H.323", specification: "ITU-T H.225.0, H.245, Q.931",
    transports: [.tcp, .udp],
    basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .udp { return registration(conversation) }
    var kinds: [Side: TPKTKind] = [:]
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      switch kind(conversation[side].bytes) {
      case .none: return .no
      case .some(let kind): kinds[side] = kind
      }
    }
    guard kinds.values.contains(.signalling) || kinds.values.contains(.control) else {
      return .undecided
    }
    let side: Side = kinds[.client] != nil && kinds[.client] != .cut ? .client : .server
    let isBoth = kinds.values.filter { $0 == .signalling || $0 == .control }.count == 2
    return .yes(
      Recognition(
        "h323", isBoth ? .answered : .oneSided,
        grounds: [Ground(side, 0, 20, "TPKT and object identifier")],
        clientIs: nil))
  }

  private enum TPKTKind {
    case signalling
    case control
    /// Packets that fit, without an identifier of their own.
    case other
    case cut
  }

  /// What a stream's first packets are; nil when they are no TPKT, or something else in it.
  private static func kind(_ bytes: [UInt8]) -> TPKTKind? {
    var offset = 0
    var found: TPKTKind?
    for _ in 0..<8 where offset < bytes.count {
      guard bytes.count >= offset + 4 else {
        return found ?? ([3, 0].starts(with: bytes.prefix(2)) ? .cut : nil)
      }
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      guard bytes[offset] == 3, bytes[offset + 1] == 0, length >= 5 else { return found }
      let packet = Array(bytes[offset + 4..<max(offset + 4, min(bytes.count, offset + length))])
      if isSignalling(packet) { return .signalling }
      if isControl(packet) { return .control }
      // Q.931 opens with its discriminator; COTP, which shares TPKT, with a length.
      if offset == 0, packet.count >= 2, Int(packet[0]) + 1 <= length - 4, packet[1] & 0x0f == 0,
        packet[1] >= 0x50
      {
        return nil
      }
      found = packet.count < 12 ? found ?? .cut : .other
      offset += length
    }
    return found
  }

  /// Discriminator 8, a call reference of two bytes, a message type, and the user-user element with
  /// H.225's identifier.
  private static func isSignalling(_ packet: [UInt8]) -> Bool {
    guard packet.count > 12, packet[0] == 8, packet[1] <= 2 else { return false }
    let type = packet[2 + Int(packet[1])]
    return type < 0x80 && contains(packet, [0x00, 0x08, 0x91, 0x4a, 0x00])
  }

  /// A terminal capability set: its sequence number, then H.245's identifier.
  private static func isControl(_ packet: [UInt8]) -> Bool {
    contains(Array(packet.prefix(16)), [0x06, 0x00, 0x08, 0x81, 0x75, 0x00])
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
  }

  /// Registration, admission and status: a choice, a request's number, the protocol's identifier.
  private static func registration(_ conversation: Conversation) -> Opinion {
    guard let first = conversation.firstDatagram, first.length >= 16 else { return .no }
    let isNamed = contains(Array(first.bytes.prefix(16)), [0x06, 0x00, 0x08, 0x91, 0x4a, 0x00])
    guard isNamed else { return .no }
    let answer = conversation.payloads(most: 8).first { datagram in
      datagram.turn.side != first.turn.side
        && datagram.bytes.dropFirst(1).prefix(3).elementsEqual(first.bytes.dropFirst(1).prefix(3))
        || datagram.turn.side != first.turn.side
          && contains(Array(datagram.bytes.prefix(16)), [0x06, 0x00, 0x08, 0x91, 0x4a, 0x00])
    }
    return .yes(
      Recognition(
        "h323", answer != nil ? .answered : .oneSided,
        grounds: [Ground(first.turn.side, first.turn.range.lowerBound, 16, "RAS message")],
        clientIs: first.turn.side))
  }
}
