import Flows
import Packets

extension Recogniser {
  /// GPRS tunnelling, versions 1 and 2: a length that fills the datagram; user packets hold an IP
  /// packet, signalling information elements that fill the message; responses repeat the sequence
  /// number.
  static let gtp = Recogniser(
    name: "gtp", title: "GPRS Tunnelling Protocol",
    specification: "3GPP TS 29.060, TS 29.274, TS 29.281",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    opinion(on: conversation, name: "gtp", isCharging: false)
  }

  /// GTP', which carries charging records: the same header with the protocol type bit cleared.
  static let gtpPrime = Recogniser(
    name: "gtp-prime", title: "GTP'", specification: "3GPP TS 32.295 section 6", transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    opinion(on: conversation, name: "gtp-prime", isCharging: true)
  }

  private static func opinion(on conversation: Conversation, name: String, isCharging: Bool)
    -> Opinion
  {
    guard let talk = Talk(conversation, most: 16, read: { GTPMessage($0, isCharging: isCharging) }),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { question, answer in
      question.sequence != nil && question.sequence == answer.sequence
        && answer.type == question.type &+ 1
        && question.version == answer.version
    }
    guard pair != nil || talk.said.contains(where: { $0.message.isTelling }) || talk.said.count >= 3
    else {
      return .undecided
    }
    let isUser = first.message.isPacket
    return .yes(
      Recognition(
        name, pair != nil ? .answered : isUser || talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [(pair?.question ?? first).ground("header whose length fills the datagram")],
        facts: [
          Fact(.version, "\(first.message.version)"),
          Fact(.message, isUser ? "G-PDU" : "\(first.message.type)"),
        ], clientIs: pair?.question.side))
  }
}
