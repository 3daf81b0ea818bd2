import Flows
import Packets

extension Recogniser {
  /// XMPP: each side opens an XML stream in the namespace of streams (RFC 6120 section 4.2).
  static let xmpp = Recogniser(
    name: "xmpp", title: "Extensible Messaging and Presence Protocol",
    specification: "RFC 6120 section 4",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let client = StreamHeader(conversation.client.bytes)
    let server = StreamHeader(conversation.server.bytes)
    if client.isWrong || server.isWrong {
      let isStart = conversation.client.beginsAtStart || conversation.server.beginsAtStart
      return isStart ? .no : stanzas(conversation)
    }
    // Only who is called gives the stream a number (RFC 6120 section 4.7.3).
    if client["id"] != nil { return .no }
    let found = [(Side.client, client), (.server, server)].filter { $0.1.isXMPP }
    guard !found.isEmpty else { return .undecided }
    var facts: [Fact] = []
    if let host = client["to"] ?? server["from"] { facts.append(Fact(.host, host)) }
    if let from = client["from"] { facts.append(Fact(.from, from)) }
    if let space = client["xmlns"] ?? server["xmlns"] { facts.append(Fact(.dialect, space)) }
    if let version = client["version"] ?? server["version"] {
      facts.append(Fact(.version, version))
    }
    if let identifier = server["id"] { facts.append(Fact(.session, identifier)) }
    return .yes(
      Recognition(
        "xmpp", found.count == 2 ? .answered : .oneSided,
        grounds: found.map { Ground($0.0, $0.1.offset, $0.1.length, "stream header") },
        facts: facts,
        isElaborate: true))
  }.orFromFirstBytes

  /// Stanzas in a stream whose start was missed (RFC 6120 section 8), on both sides or with their namespace.
  private static func stanzas(_ conversation: Conversation) -> Opinion {
    var sides: [Side] = []
    var isNamed = false
    for side in Side.allCases {
      let bytes = conversation[side].bytes[...].drop { $0 == 0x20 || $0 == 10 || $0 == 13 }
      guard !bytes.isEmpty else { continue }
      let tag = bytes.prefix(1024).prefix { $0 != 0x3e }
      guard ["<iq ", "<message ", "<presence"].contains(where: { tag.starts(with: $0.utf8) }) else {
        return .no
      }
      guard tag.count < bytes.count, tag.isText else { continue }
      isNamed = isNamed || bytes.prefix(4096).containsIgnoringCase("jabber:")
      if [" type=", " to=", " from=", " id="].contains(where: { tag.containsIgnoringCase($0) }) {
        sides.append(side)
      }
    }
    guard sides.count == 2 || isNamed && !sides.isEmpty else { return .undecided }
    return .yes(
      Recognition(
        "xmpp", sides.count == 2 ? .answered : .consistent,
        grounds: sides.map { Ground($0, 0, min(16, conversation[$0].bytes.count), "stanza") },
        clientIs: nil))
  }
}

/// The opening tag of an XML stream.
private struct StreamHeader {
  private var attributes: [(name: String, value: ArraySlice<UInt8>)] = []
  private(set) var isWrong = false
  private(set) var offset = 0
  private(set) var length = 0

  /// An attribute's value.
  subscript(name: String) -> ArraySlice<UInt8>? {
    attributes.first { $0.name == name }?.value
  }

  /// Whether the tag is whole and in the namespace of streams.
  var isXMPP: Bool {
    attributes.contains {
      $0.name.hasPrefix("xmlns") && $0.value.elementsEqual("http://etherx.jabber.org/streams".utf8)
    }
  }

  init(_ bytes: [UInt8]) {
    var rest = bytes[...].drop { $0 == 0x20 || $0 == 10 || $0 == 13 || $0 == 9 }
    if rest.starts(with: "<?xml".utf8) {
      guard let end = rest.prefix(256).firstIndex(of: 0x3e) else {
        isWrong = rest.count >= 256
        return
      }
      rest = rest[(end + 1)...].drop { $0 == 0x20 || $0 == 10 || $0 == 13 || $0 == 9 }
    } else if "<?xml".utf8.starts(with: rest) {
      return
    }
    let tag = ["<stream:stream", "<stream "].first { rest.starts(with: $0.utf8) }
    guard let tag else {
      isWrong = !["<stream:stream", "<stream "].contains { $0.utf8.starts(with: rest) }
      return
    }
    guard let end = rest.prefix(2048).firstIndex(of: 0x3e) else {
      isWrong = rest.count >= 2048
      return
    }
    offset = rest.startIndex
    length = end + 1 - rest.startIndex
    read(rest[(rest.startIndex + tag.utf8.count)..<end])
    isWrong = !isXMPP
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while attributes.count < 32 {
      rest = rest.drop { $0 == 0x20 || $0 == 10 || $0 == 13 || $0 == 9 }
      guard let equals = rest.firstIndex(of: 0x3d),
        let quote = rest.dropFirst(equals + 1 - rest.startIndex).first,
        quote == 0x22 || quote == 0x27,
        let end = rest[(equals + 2)...].firstIndex(of: quote)
      else { return }
      attributes.append((rest[..<equals].withoutBlanks.asText, rest[(equals + 2)..<end]))
      rest = rest[(end + 1)...]
    }
  }
}
