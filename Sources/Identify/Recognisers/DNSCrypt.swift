import Flows
import Packets

extension Recogniser {
  /// DNSCrypt: a response with the resolver's magic that repeats the client's nonce.
  static let dnsCrypt = Recogniser(
    name: "dnscrypt", title: "DNSCrypt", specification: "DNSCrypt version 2 protocol specification",
    transports: [.udp, .tcp],
    basis: [.built, .corpus]
  ) { conversation in
    var queries: [ArraySlice<UInt8>] = []
    let magic = Array("r6fnvWj8".utf8)
    if conversation.transport == .tcp {
      // Both messages stand behind lengths of two bytes.
      let (query, response) = (conversation.client.bytes, conversation.server.bytes)
      guard query.count >= 68, response.count >= 50, response.dropFirst(2).starts(with: magic),
        response[10..<22].elementsEqual(query[42..<54])
      else { return .no }
      return .yes(
        Recognition(
          "dnscrypt", .proven, grounds: [Ground(.server, 2, 20, "resolver magic and nonce")]))
    }
    for datagram in conversation.payloads(most: 8) {
      if datagram.bytes.starts(with: magic), datagram.bytes.count >= 32 {
        let nonce = datagram.bytes[8..<20]
        if queries.contains(where: { $0.elementsEqual(nonce) }) {
          return .yes(
            Recognition(
              "dnscrypt", .proven,
              grounds: [
                Ground(
                  datagram.turn.side, datagram.turn.range.lowerBound, 20, "resolver magic and nonce"
                )
              ],
              clientIs: datagram.turn.side.opposite))
        }
        return .yes(
          Recognition(
            "dnscrypt", .oneSided,
            grounds: [
              Ground(datagram.turn.side, datagram.turn.range.lowerBound, 8, "resolver magic")
            ],
            clientIs: datagram.turn.side.opposite))
      }
      // A query: the client's magic, its key, half a nonce, and padding to blocks of 64.
      guard datagram.bytes.count >= 52 else { return .no }
      queries.append(datagram.bytes[40..<52])
    }
    return .undecided
  }
}
