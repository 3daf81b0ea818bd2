import Flows
import Packets

extension Recogniser {
  /// Datagram Transport Layer Security: datagrams that are records with lengths that add up,
  /// versions that count downwards, and a hello first; a HelloVerifyRequest's cookie comes back in
  /// the next ClientHello.
  static let dtls = Recogniser(
    name: "dtls", title: "Datagram Transport Layer Security",
    specification: "RFC 6347 section 4, RFC 9147 section 4",
    transports: [.udp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    guard let first = conversation.firstDatagram, DTLSDatagram(first) != nil else { return .no }
    var said: [Side: [DTLSDatagram]] = [:]
    for datagram in conversation.payloads() {
      if let read = DTLSDatagram(datagram) { said[datagram.turn.side, default: []].append(read) }
    }
    for side in Side.allCases {
      let caller = DTLSFlight(said[side] ?? [])
      let called = DTLSFlight(said[side.opposite] ?? [])
      if caller.clientHello != nil, called.clientHello != nil { return .no }
      guard caller.clientHello != nil || called.serverHello != nil else { continue }
      return .yes(
        dtls(
          caller: caller, called: called, side: side, first: first,
          isAlone: conversation[side.opposite].bytes.isEmpty))
    }
    return dtlsRecords(said, first: first)
  }

  /// The recognition of a handshake.
  private static func dtls(
    caller: DTLSFlight, called: DTLSFlight, side: Side, first: Datagram, isAlone: Bool
  ) -> Recognition {
    var strength = Recognition.Strength.oneSided
    var facts = caller.clientHello?.facts(over: .datagrams) ?? []
    if caller.clientHello != nil,
      called.serverHello != nil || called.cookie != nil || called.alert != nil
    {
      strength = .answered
    }
    if let cookie = called.cookie, !cookie.isEmpty, caller.clientHello?.cookie == cookie {
      strength = .proven
    }
    if let hello = called.serverHello {
      facts += hello.facts + (called.certificate?.facts ?? [])
    } else if let name = caller.clientHello?.newest.name {
      facts.append(Fact(.version, name))
    }
    if let alert = called.alert { facts.append(Fact(.error, alert.name)) }
    let ground = Ground(
      first.turn.side, first.turn.range.lowerBound, first.bytes.count, "handshake record")
    return Recognition(
      "dtls", strength, grounds: [ground], facts: facts, clientIs: side,
      isElaborate: caller.clientHello != nil && isAlone)
  }

  /// A flow whose handshake was missed: records of one version and epoch whose sequence numbers
  /// rise.
  private static func dtlsRecords(_ said: [Side: [DTLSDatagram]], first: Datagram) -> Opinion {
    var count = 0
    for (_, datagrams) in said {
      let records = datagrams.flatMap(\.records)
      guard let version = records.first?.version, records.allSatisfy({ $0.version == version })
      else { return .no }
      for (earlier, later) in zip(records, records.dropFirst()) {
        guard
          later.epoch > earlier.epoch
            || later.epoch == earlier.epoch && later.sequence != earlier.sequence,
          later.sequence < earlier.sequence &+ 10_000
        else { return .no }
      }
      count += records.count
    }
    guard count >= 2 else { return .undecided }
    let ground = Ground(first.turn.side, first.turn.range.lowerBound, 13, "record header")
    return .yes(
      Recognition(
        "dtls", said.count == 2 ? .answered : .consistent, grounds: [ground], clientIs: nil))
  }
}
