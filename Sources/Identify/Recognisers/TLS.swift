import Flows
import Packets

extension Recogniser {
  /// Transport Layer Security and SSL: both sides open with a hello in records whose lengths add
  /// up; streams whose start was missed are known by chains of records on both sides.
  static let tls = Recogniser(
    name: "tls", title: "Transport Layer Security",
    specification: "RFC 8446 section 4.1, RFC 5246 section 7.4.1",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = TLSSpeech(conversation.client)
    let server = TLSSpeech(conversation.server)
    // The side that sends the ClientHello is the client of TLS, even where it was called (active
    // FTP).
    for (caller, called, side) in [(client, server, Side.client), (server, client, .server)] {
      guard let hello = TLSDialogue(caller: caller, called: called, side: side, of: conversation)
      else { continue }
      return hello.opinion
    }
    if let missed = midstream(conversation) { return missed }
    if let cut = cutHellos(conversation) { return cut }
    switch (client.kind, server.kind) {
    case (.undecided, .undecided), (.undecided, .silent), (.silent, .undecided): return .undecided
    default:
      return conversation.client.beginsAtStart && conversation.server.beginsAtStart
        ? .no : .undecided
    }
  }

  /// Both hellos in frames that end soon behind their headers, whose types, versions and lengths agree.
  private static func cutHellos(_ conversation: Conversation) -> Opinion? {
    let starts = Side.allCases.map { side in
      let turn = conversation.turns.first { $0.side == side }
      return turn?.isWhole == false ? TLSHelloStart(conversation[side]) : nil
    }
    guard let first = starts[0], let second = starts[1], first.isServer != second.isServer else {
      return nil
    }
    return .yes(
      Recognition(
        "tls", .answered,
        grounds: zip(Side.allCases, [first, second]).map { side, start in
          Ground(
            side, 0, TLSHelloStart.length,
            start.isServer ? "start of a ServerHello" : "start of a ClientHello")
        }, clientIs: first.isServer ? Side.allCases[1] : Side.allCases[0]))
  }

  private static func midstream(_ conversation: Conversation) -> Opinion? {
    let sides = Side.allCases.filter { !conversation[$0].bytes.isEmpty }
    guard sides.allSatisfy({ !conversation[$0].beginsAtStart }) else { return nil }
    let chains = sides.compactMap { side in TLSMidstream(side, of: conversation).map { (side, $0) }
    }
    guard let first = chains.first, chains.count == sides.count,
      chains.count == 2 || first.1.count > 2,
      chains.allSatisfy({ $0.1.version == first.1.version })
    else { return nil }
    return .yes(
      Recognition(
        "tls", chains.count == 2 ? .answered : .consistent,
        grounds: chains.map { Ground($0.0, $0.1.offset, 5, "record header") }, clientIs: nil))
  }
}
