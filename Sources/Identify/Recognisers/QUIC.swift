import Flows
import Packets

extension Recogniser {
  /// QUIC: Initial packets whose protection opens with the keys that their own connection
  /// identifier gives; where they were cut, connection identifiers that the other side echoes; else
  /// lengths that add up.
  static let quic = Recogniser(
    name: "quic", title: "QUIC",
    specification: "RFC 9000 section 17.2, RFC 9001 section 5.2, RFC 9369",
    transports: [.udp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    if let negotiated = negotiation(conversation) { return .yes(negotiated) }
    guard let flight = QUICFlight(conversation), let first = flight.sent.first,
      first.packet.version.tag?.hasPrefix("Q") != true
    else { return .no }
    guard let strength = strength(of: flight) else { return .undecided }
    var facts = flight.clientHello?.facts(over: .quic) ?? []
    if let name = first.packet.version.name { facts.append(Fact(.version, name)) }
    if let hello = flight.serverHello {
      facts.append(Fact(.cipher, TLSCipher.name(of: hello.cipher)))
    }
    if let closing = flight.closing, !closing.isEmpty { facts.append(Fact(.error, closing)) }
    return .yes(
      Recognition(
        "quic", strength,
        grounds: [
          Ground(
            first.side, first.datagram.turn.range.lowerBound,
            min(first.packet.length, first.datagram.bytes.count),
            "long header packet")
        ], facts: facts,
        clientIs: flight.client ?? (flight.sent.contains { $0.side != first.side } ? nil : .client))
    )
  }

  /// How much speaks for it; nil when more is needed.
  static func strength(of flight: QUICFlight) -> Recognition.Strength? {
    if flight.client != nil || flight.echo != nil { return .proven }
    guard let first = flight.sent.first else { return nil }
    // A list of versions alone is four bytes of zeros and anything.
    guard first.packet.kind != .versionNegotiation else { return nil }
    // The version and sums of lengths; the same source identifier in several packets makes it
    // surer.
    let same = flight.sent.filter {
      $0.side == first.side && $0.packet.source == first.packet.source
    }
    let isOpenable =
      first.packet.kind == .initial && first.datagram.isWhole && !first.packet.version.salts.isEmpty
    if same.count >= 2, Set(same.map(\.datagram.turn)).count >= 2 || first.packet.kind != .initial {
      return .consistent
    }
    return isOpenable ? nil : .oneSided
  }

  /// A Version Negotiation packet that echoes both connection identifiers of the client (RFC 9000
  /// section 17.2.1).
  private static func negotiation(_ conversation: Conversation) -> Recognition? {
    var asked: (Datagram, QUICPacket)?
    for datagram in conversation.payloads(most: 4) {
      guard let packet = QUICPacket(datagram, at: 0, anyVersion: true) else { return nil }
      guard packet.kind == .versionNegotiation, let (question, header) = asked else {
        asked = asked ?? (datagram, packet)
        continue
      }
      guard datagram.turn.side != question.turn.side, packet.destination == header.source,
        packet.source == header.destination, !packet.versions.isEmpty,
        packet.destination.count + packet.source.count >= 4
      else { return nil }
      return Recognition(
        "quic", .proven,
        grounds: [
          Ground(
            datagram.turn.side, datagram.turn.range.lowerBound, datagram.bytes.count,
            "Version Negotiation packet")
        ], facts: [Fact(.error, "version negotiation")], clientIs: question.turn.side)
    }
    return nil
  }
}
