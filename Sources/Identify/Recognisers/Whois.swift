import Flows
import Packets

extension Recogniser {
  /// WHOIS: one line asks, text answers; told by the names of the fields that registries give (RFC 3912).
  static let whois = Recogniser(
    name: "whois", title: "WHOIS",
    specification: "RFC 3912; RFC 2622 section 3; registries' field names",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client
    guard client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var lines = Lines(client.bytes, most: 2)
    guard let query = lines.next() else { return .undecided }
    guard query.isText || !query.isWhole && query.bytes.dropLast().isText, query.bytes.count <= 256
    else {
      return .no
    }
    guard query.isWhole else { return .undecided }
    guard lines.next() == nil, conversation.firstSpeaker != .server, !query.bytes.isEmpty else {
      return .no
    }
    var found: Set<String> = []
    var first: Lines.Line?
    for line in Lines(conversation.server.bytes, most: 128) {
      guard line.isText || !line.isWhole else { return .no }
      guard line.isWhole, let colon = line.bytes.firstIndex(of: 0x3a) else { continue }
      let name = line.bytes[..<colon].prefix(64).asLowercaseText.drop { $0 == " " }
      guard names.contains(String(name)) else { continue }
      found.insert(String(name))
      if first == nil { first = line }
    }
    let opensAsRegistry = conversation.server.bytes.starts(with: "% ".utf8)
    guard found.count >= (opensAsRegistry ? 1 : 2), let first else { return .undecided }
    return .yes(
      Recognition(
        "whois", .answered,
        grounds: [
          Ground(.client, 0, query.bytes.count, "query"),
          Ground(.server, first.offset, first.bytes.count, "registry field"),
        ], facts: [Fact(.question, query.bytes.withoutBlanks)]))
  }.orFromFirstBytes

  /// Field names of IANA, the regional registries (RPSL) and the domain registries.
  private static let names: Set<String> = [
    "domain", "domain name", "registrar", "registrar whois server", "registry domain id", "nserver",
    "name server", "creation date", "updated date", "registry expiry date", "domain status",
    "inetnum",
    "inet6num", "netname", "descr", "country", "admin-c", "tech-c", "mnt-by", "aut-num", "as-name",
    "route", "route6", "origin", "source", "refer", "whois", "organisation", "netrange", "cidr",
    "netname", "nethandle", "orgname", "orgid", "regdate", "registrant name",
    "registrant organization", "dnssec", "changed", "e-mail", "registrant", "nic-hdl",
  ]
}
