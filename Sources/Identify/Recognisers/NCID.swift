import Flows
import Packets

extension Recogniser {
  /// Network Caller ID: the server greets with 200 and its name, then sends calls as `CID:` and starred fields.
  static let ncid = Recogniser(
    name: "ncid", title: "Network Caller ID", specification: "NCID API", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.server.beginsAtStart else { return .no }
    var lines = Lines(conversation.server.bytes, most: 64)
    guard let greeting = lines.next() else { return .undecided }
    guard greeting.isText || !greeting.isWhole, "200 ".utf8.starts(with: greeting.bytes.prefix(4))
    else { return .no }
    guard greeting.isWhole else { return .undecided }
    guard greeting.bytes.containsIgnoringCase("NCID") else { return .no }
    var facts = [Fact(.serverBanner, greeting.bytes)]
    var grounds = [Ground(.server, 0, greeting.bytes.count, "greeting")]
    while let line = lines.next() {
      let label = line.bytes.prefix { $0 != 0x3a }.asText
      guard line.isWhole, line.isText,
        ["CID", "CIDLOG", "OUT", "OUTLOG", "HUP", "MSG", "CIDINFO"].contains(label),
        line.bytes.dropFirst(label.utf8.count).starts(with: ": *".utf8)
      else { continue }
      grounds.append(Ground(.server, line.offset, line.bytes.count, "call record"))
      let parts = line.bytes.split(separator: 0x2a, omittingEmptySubsequences: false)
      for (field, name) in [(Field.from, "NMBR"), (.user, "NAME"), (.to, "LINE")] {
        if let place = parts.firstIndex(where: { $0.elementsEqual(name.utf8) }),
          place + 1 < parts.count
        {
          facts.append(Fact(field, parts[place + 1]))
        }
      }
      break
    }
    return .yes(
      Recognition(
        "ncid", grounds.count > 1 ? .consistent : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}
