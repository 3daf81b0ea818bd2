import Flows
import Packets

extension Recogniser {
  /// BitTorrent: the peer protocol's handshake, and over UDP the distributed hash table, uTP,
  /// trackers, and the search for local peers.
  static let bitTorrent = Recogniser(
    name: "bittorrent", title: "BitTorrent", specification: "BEP 3, BEP 5, BEP 14, BEP 15, BEP 29",
    transports: [.tcp, .udp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    if conversation.transport == .tcp { return peers(conversation) }
    let opinions = [
      BitTorrentTable.opinion(on: conversation), BitTorrentTracker.opinion(on: conversation),
      BitTorrentTransport.opinion(on: conversation), localSearch(conversation),
    ]
    for opinion in opinions { if case .yes = opinion { return opinion } }
    return opinions.contains(.undecided) ? .undecided : .no
  }

  /// `19 "BitTorrent protocol"`, eight reserved bytes, the info hash, the peer's identifier (BEP 3).
  private static func peers(_ conversation: Conversation) -> Opinion {
    let name = [19] + Array("BitTorrent protocol".utf8)
    var found: [(side: Side, hash: ArraySlice<UInt8>)] = []
    for side in Side.allCases {
      let bytes = conversation[side].bytes
      if bytes.count >= 48, bytes.starts(with: name) {
        found.append((side, bytes[28..<48]))
      } else if !name.starts(with: bytes.prefix(20)), conversation[side].beginsAtStart {
        return .no
      }
    }
    guard let first = found.first else { return .undecided }
    let isEchoed = found.count == 2 && found[0].hash == found[1].hash
    let strength: Recognition.Strength = isEchoed ? .proven : .oneSided
    var facts = [Fact(.hash, first.hash.map(\.hexadecimal).joined())]
    // Most clients name themselves in the identifier: `-UT3550-` (BEP 20).
    let client = conversation[first.side].bytes.dropFirst(48).prefix(8)
    if client.count == 8, client.first == 0x2d, client.last == 0x2d,
      client.allSatisfy({ (0x20...0x7e).contains($0) })
    {
      facts.append(Fact(.userAgent, client.dropFirst().dropLast()))
    }
    return .yes(
      Recognition(
        "bittorrent", strength, grounds: found.map { Ground($0.side, 0, 48, "handshake") },
        facts: facts,
        clientIs: found.count == 2 ? .client : first.side, isElaborate: true))
  }

  /// `BT-SEARCH * HTTP/1.1` with an Infohash header (BEP 14).
  private static func localSearch(_ conversation: Conversation) -> Opinion {
    guard let first = conversation.firstDatagram,
      first.bytes.starts(with: Array("BT-SEARCH * HTTP/1.1\r\n".utf8))
    else { return .no }
    for line in Lines(first.bytes, most: 16) {
      let parts = line.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1)
      guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == "infohash"
      else { continue }
      let hash = parts[1].drop { $0 == 0x20 }
      guard hash.count >= 40 else { return .no }
      return .yes(
        Recognition(
          "bittorrent", .consistent,
          grounds: [
            Ground(first.turn.side, first.turn.range.lowerBound, first.bytes.count, "search")
          ],
          facts: [Fact(.hash, hash)], clientIs: first.turn.side))
    }
    return .undecided
  }
}
