import Flows
import Packets

extension Recogniser {
  /// SSDP: messages in HTTP's form in UDP datagrams, M-SEARCH, NOTIFY and responses (UPnP Device Architecture section 1).
  static let ssdp = Recogniser(
    name: "ssdp", title: "Simple Service Discovery Protocol",
    specification: "UPnP Device Architecture 2.0 section 1", transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    let asked = conversation.datagrams(from: .client).first.map { SSDPMessage($0.bytes) }
    let answered = conversation.datagrams(from: .server).first.map { SSDPMessage($0.bytes) }
    let messages = [(Side.client, asked), (.server, answered)].compactMap { side, message in
      message.map { (side, $0) }
    }
    if messages.contains(where: { $0.1.kind == nil && !$0.1.isPartial }) { return .no }
    let sound = messages.filter { $0.1.kind != nil && $0.1.isSound }
    guard let first = sound.first else { return .undecided }
    // Search and announcement go to a group, so an answer comes in another flow; a response alone is one side of two.
    let strength: Recognition.Strength
    switch (asked?.kind, answered?.kind) {
    case (.search, .response): strength = .answered
    case (.search, _), (.notify, _), (_, .notify): strength = .consistent
    default: strength = .oneSided
    }
    let facts = sound.map(\.1).flatMap(\.facts)
    var kept: [Fact] = []
    for fact in facts where !kept.contains(where: { $0.field == fact.field }) { kept.append(fact) }
    // A device answers from the port that it was asked at, so the one that responds is the server.
    let isTurned = first.0 == .client && first.1.kind == .response
    return .yes(
      Recognition(
        "ssdp", strength,
        grounds: sound.map { Ground($0.0, 0, $0.1.startLength, "start line") }, facts: kept,
        clientIs: isTurned ? .server : .client))
  }.orFromFirstBytes
}

/// A datagram that may be SSDP.
private struct SSDPMessage {
  enum Kind {
    case search
    case notify
    case response
  }

  var kind: Kind?
  var isPartial = false
  var isSound = false
  var startLength = 0
  var facts: [Fact] = []

  init(_ bytes: [UInt8]) {
    guard let head = HTTPHead(bytes) else {
      isPartial = ["M-SEARCH * HTTP/1.", "NOTIFY * HTTP/1.", "HTTP/1.1 200"].contains {
        $0.utf8.starts(with: bytes) || bytes.starts(with: $0.utf8)
      }
      return
    }
    startLength = head.startLine.count
    if let line = HTTPRequestLine(head.startLine), line.target.elementsEqual("*".utf8) {
      switch line.method {
      case "M-SEARCH":
        kind = .search
        isSound = head["man"]?.containsIgnoringCase("ssdp:discover") ?? false || head["st"] != nil
      case "NOTIFY":
        kind = .notify
        isSound = head["nt"] != nil && head["nts"] != nil
      default: return
      }
      facts.append(Fact(.method, line.method))
    } else if let line = HTTPStatusLine(head.startLine), line.status == 200 {
      kind = .response
      isSound = head["st"] != nil && (head["usn"] != nil || head["location"] != nil)
      facts.append(Fact(.status, "200"))
    } else {
      return
    }
    if !isSound, head.isWhole || !head.isSound { kind = nil }
    for (field, name) in [
      (Field.host, "host"), (.topic, "st"), (.topic, "nt"), (.message, "nts"), (.path, "location"),
      (.server, "server"), (.userAgent, "user-agent"), (.hash, "usn"),
    ] {
      if let value = head[name] { facts.append(Fact(field, value)) }
    }
  }
}
