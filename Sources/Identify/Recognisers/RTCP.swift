import Flows
import Packets

extension Recogniser {
  /// RTP's control protocol: compound packets whose lengths add up, a report first, the same source
  /// in each.
  static let rtcp = Recogniser(
    name: "rtcp", title: "RTP Control Protocol",
    specification: "RFC 3550 section 6, RFC 3711 section 3.4",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: { RTCPCompound($0) }), let first = talk.said.first
    else { return .no }
    let isTelling = talk.said.contains { $0.message.isTelling }
    // One source a side, in packet after packet.
    var most = 0
    for side in Side.allCases {
      let sources = talk.said(by: side).compactMap { $0.message.packets.first?.source }
      let same = Dictionary(grouping: sources) { $0 }.values.map(\.count).max() ?? 0
      most = max(most, same)
    }
    guard isTelling || most >= 3 else { return .undecided }
    var facts: [Fact] = []
    if let name = talk.said.lazy.compactMap(\.message.name).first {
      facts.append(Fact(.from, name))
    }
    if let source = first.message.packets.first?.source {
      facts.append(Fact(.session, source.hexadecimal))
    }
    let sides = Set(talk.said.map(\.side))
    return .yes(
      Recognition(
        "rtcp", sides.count == 2 ? .answered : .consistent,
        grounds: [first.ground("compound packet whose lengths add up")], facts: facts,
        clientIs: nil))
  }
}
