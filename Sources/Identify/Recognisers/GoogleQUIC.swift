import Flows
import Packets

extension Recogniser {
  /// Google's QUIC: a version tag from Q024 to Q050 behind or before a connection identifier that
  /// the server repeats, and a client hello in tags.
  static let googleQUIC = Recogniser(
    name: "gquic", title: "Google QUIC",
    specification: "QUIC Wire Layout Specification (Google, 2016)",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let first = conversation.firstDatagram else { return .no }
    guard let packet = GoogleQUICPacket(first: first) else { return later(conversation) }
    let others = conversation.payloads(most: 8).dropFirst()
    var strength: Recognition.Strength?
    if others.contains(where: { datagram in
      datagram.turn.side != first.turn.side
        && GoogleQUICPacket.doesRepeat(packet.connection, datagram)
    }) {
      strength = .proven
    } else if others.contains(where: { datagram in
      datagram.turn.side == first.turn.side
        && GoogleQUICPacket.doesRepeat(packet.connection, datagram)
    }) {
      strength = .consistent
    } else if packet.message != nil {
      strength = .oneSided
    }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    if let name = packet.value("SNI") { facts.append(Fact(.serverName, name)) }
    if let version = packet.version { facts.append(Fact(.version, version)) }
    if let agent = packet.value("UAID") { facts.append(Fact(.userAgent, agent)) }
    return .yes(
      Recognition(
        "gquic", strength,
        grounds: [Ground(first.turn.side, first.turn.range.lowerBound, 14, "public header")],
        facts: facts,
        clientIs: packet.message == nil ? nil : first.turn.side))
  }

  /// Q050 has QUIC's Initial packets with Google's handshake inside.
  private static func later(_ conversation: Conversation) -> Opinion {
    guard let flight = QUICFlight(conversation), let first = flight.sent.first,
      let tag = first.packet.version.tag, tag.hasPrefix("Q")
    else { return .no }
    guard let strength = strength(of: flight) else { return .undecided }
    let ground = Ground(
      first.side, first.datagram.turn.range.lowerBound,
      min(first.packet.length, first.datagram.bytes.count),
      "long header packet")
    return .yes(
      Recognition(
        "gquic", strength, grounds: [ground], facts: [Fact(.version, tag)], clientIs: flight.client)
    )
  }
}
