import Flows
import Packets

extension Recogniser {
  /// Session Initiation Protocol: a request or status line with `SIP/2.0`, and Via, CSeq and Call-ID that agree
  /// (RFC 3261 sections 7 and 8.1.1).
  static let sip = Recogniser(
    name: "sip", title: "Session Initiation Protocol", specification: "RFC 3261 section 7",
    transports: [.tcp, .udp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let transcript = SIPTranscript(of: conversation)
    guard transcript.otherwise.isEmpty else { return .no }
    var sound = transcript.entries.filter { $0.message.isPlausible }
    if sound.isEmpty, Set(transcript.entries.map(\.side)).count == 1 {
      sound = transcript.entries.filter { $0.message.isBareRequest }
    }
    guard let first = sound.first else {
      return transcript.entries.allSatisfy { !$0.message.isHeadWhole } ? .undecided : .no
    }
    let answered = transcript.transactions.contains { !$0.responses.isEmpty }
    let several = Set(sound.map(\.offset)).count > 1
    var recognition = Recognition(
      "sip", answered ? .proven : several ? .consistent : .oneSided,
      grounds: SIPFacts.grounds(sound), facts: SIPFacts.facts(sound),
      clientIs: SIPFacts.client(sound, in: conversation)
        ?? (conversation.knowsClient || conversation.transport == .udp ? first.side : nil))
    recognition.tool = SIPFacts.tool(sound)
    recognition.isElaborate = first.message.isPlausible && first.message.isHeadWhole
    return .yes(recognition)
  }
}

extension SIPMessage {
  /// Whether the fields that every message must have (RFC 3261 section 8.1.1) are there as far as the head is, and
  /// agree.
  fileprivate var isPlausible: Bool {
    if let sequence, isRequest, sequence.method != method { return false }
    if self["cseq"] != nil, sequence == nil { return false }
    let mandatory = ["via", "cseq", "call-id", "from", "to"].count { self[$0] != nil }
    return isHeadWhole
      ? self["via"] != nil && self["cseq"] != nil && mandatory >= 4 : mandatory >= 1
  }
}

extension SIPMessage {
  /// Whether it is a request of SIP's own to a SIP address that lacks what a server would ask for; one side alone can
  /// say such a thing.
  fileprivate var isBareRequest: Bool {
    guard isRequest, isHeadWhole, let uri, let method,
      self["cseq"] == nil || sequence?.method == method
    else {
      return false
    }
    return Self.methods.contains(method)
      && (uri.hasPrefix("sip:") || uri.hasPrefix("sips:"))
      && ["via", "from", "to", "call-id", "cseq", "contact", "expires", "max-forwards"].contains {
        self[$0] != nil
      }
  }

  /// IANA's registry "SIP Methods".
  private static let methods: Set<String> = [
    "ACK", "BYE", "CANCEL", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "PUBLISH",
    "REFER", "REGISTER", "SUBSCRIBE", "UPDATE",
  ]
}

/// What SIP messages tell the user.
private enum SIPFacts {
  /// First lines, one a side, with Via and CSeq of the very first.
  static func grounds(_ entries: [SIPTranscript.Entry]) -> [Ground] {
    var grounds: [Ground] = []
    for side in Side.allCases {
      guard let entry = entries.first(where: { $0.side == side }) else { continue }
      let end = entry.message.headers.first?.offset ?? entry.message.length
      grounds.append(
        Ground(side, entry.offset, end, entry.message.isRequest ? "request line" : "status line"))
    }
    if let first = entries.first {
      for name in ["via", "cseq"] {
        guard let place = first.message.place(of: name) else { continue }
        grounds.append(
          Ground(
            first.side, first.offset + place.offset, place.length, name == "via" ? "Via" : "CSeq"))
      }
    }
    return grounds
  }

  static func facts(_ entries: [SIPTranscript.Entry]) -> [Fact] {
    let request = entries.first { $0.message.isRequest }?.message
    let response = entries.first { !$0.message.isRequest }?.message
    var facts: [Fact] = []
    if let method = (request ?? response)?.method { facts.append(Fact(.method, method)) }
    if let agent = request?["user-agent"] { facts.append(Fact(.userAgent, agent)) }
    if let server = response?["server"] ?? response?["user-agent"] {
      facts.append(Fact(.server, server))
    }
    if let from = (request ?? response)?["from"] { facts.append(Fact(.from, from)) }
    if let to = (request ?? response)?["to"] { facts.append(Fact(.to, to)) }
    if let status = response?.status { facts.append(Fact(.status, "\(status)")) }
    if let uri = request?.uri { facts.append(Fact(.path, uri)) }
    if let session = (request ?? response)?.callID { facts.append(Fact(.session, session)) }
    return facts
  }

  /// Who registers or subscribes is the client; else who sent the first request. Of a stream whose start was missed,
  /// responses alone tell nothing: either end may send requests on it.
  static func client(_ entries: [SIPTranscript.Entry], in conversation: Conversation) -> Side? {
    if conversation.transport == .tcp, !conversation.knowsClient,
      !entries.contains(where: { $0.message.isRequest })
    {
      return nil
    }
    let asks = entries.map {
      ($0.message.isRequest ? $0.side : $0.side.opposite, $0.message.method)
    }
    return asks.first { $0.1 == "REGISTER" || $0.1 == "SUBSCRIBE" }?.0 ?? asks.first?.0
  }

  /// nmap's SIPOptions probe and the scanners that name themselves.
  static func tool(_ entries: [SIPTranscript.Entry]) -> String? {
    for entry in entries where entry.message.isRequest {
      let message = entry.message
      if message.isNmapProbe { return "nmap" }
      let agent = (message["user-agent"] ?? "").lowercased()
      let from = (message["from"] ?? "").lowercased()
      if agent.hasPrefix("friendly-scanner") || agent.contains("sipvicious")
        || from.contains("sipvicious")
      {
        return "sipvicious"
      }
      for name in ["sundayddr", "pplsip", "sip-scan"] where agent.hasPrefix(name) { return name }
    }
    return nil
  }
}

extension SIPMessage {
  /// nmap's SIPOptions probe: fixed caller, Call-ID and CSeq.
  public var isNmapProbe: Bool {
    guard isRequest, callID == "50000", let sequence, sequence.number == 42 else { return false }
    return sequence.method == "OPTIONS" && self["from"]?.contains("sip:nm@nm") == true
  }
}
