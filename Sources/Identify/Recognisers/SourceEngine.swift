import Flows
import Packets

extension Recogniser {
  /// Server queries of Valve's Source engine: four bytes of ones, a letter, and a text that is
  /// fixed, or answers whose fields fit; challenges come back.
  static let sourceEngine = Recogniser(
    name: "source-engine", title: "Source engine query, Steam discovery",
    specification: "Valve Developer Community, Server queries; SteamDatabase's Protobufs",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    // Steam's own discovery of computers nearby goes to everybody and begins alike.
    if let talk = Talk(conversation, most: 8, read: SteamDiscovery.init),
      let first = talk.said.first
    {
      return .yes(
        Recognition(
          "source-engine", .consistent, grounds: [first.ground("discovery message")],
          facts: talk.said.lazy.compactMap(\.message.name).first.map { [Fact(.host, $0)] } ?? [],
          clientIs: nil))
    }
    // Answers that are too long come in parts with a header of their own, and games go on as they like.
    guard let talk = Talk(opening: conversation, most: 8, read: SourceMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { $0.isAnswered(by: $1) }
    guard pair != nil || first.message.isFixed else { return .undecided }
    return .yes(
      Recognition(
        "source-engine", pair != nil ? .answered : .oneSided,
        grounds: [(pair?.question ?? first).ground("query")],
        facts: talk.said.lazy.compactMap(\.message.name).first.map { [Fact(.server, $0)] } ?? [],
        clientIs: pair?.question.side ?? first.side))
  }

  /// One datagram.
  private struct SourceMessage {
    let kind: UInt8
    let isFixed: Bool
    private(set) var name: [UInt8]?

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard reader.uint32() == 0xffff_ffff, let kind = reader.uint8() else { return nil }
      self.kind = kind
      let query = Array("Source Engine Query".utf8) + [0]
      isFixed = kind == UInt8(ascii: "T") && datagram.bytes.dropFirst(5).starts(with: query)
      switch kind {
      case UInt8(ascii: "T"): guard isFixed, [25, 29].contains(datagram.length) else { return nil }
      case UInt8(ascii: "U"), UInt8(ascii: "V"), UInt8(ascii: "A"):
        guard datagram.length == 9 else { return nil }
      case UInt8(ascii: "I"):
        let text = datagram.bytes.dropFirst(6).prefix { $0 != 0 }
        guard datagram.length >= 20, text.allSatisfy({ $0 >= 0x20 }) else { return nil }
        name = Array(text)
      case UInt8(ascii: "m"), UInt8(ascii: "D"), UInt8(ascii: "E"):
        guard datagram.length >= 6 else { return nil }
      default: return nil
      }
    }

    func isAnswered(by answer: SourceMessage) -> Bool {
      let answers: [UInt8: [UInt8]] = [
        0x54: [0x49, 0x41, 0x6d], 0x55: [0x44, 0x41], 0x56: [0x45, 0x41],
      ]
      return answers[kind]?.contains(answer.kind) == true
    }
  }
}
