import Flows
import Packets

extension Recogniser {
  /// Subversion's own server: it greets with `( success ( 2 2 ( ) ( capabilities ) ) )`, the client answers with the
  /// version, its capabilities and a URL (Subversion's ra_svn protocol).
  static let svn = Recogniser(
    name: "svn", title: "Subversion", specification: "Subversion, libsvn_ra_svn/protocol",
    transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let server = conversation.server.bytes
    let client = conversation.client.bytes
    let mark = "( success ( "
    guard mark.utf8.starts(with: server.prefix(mark.utf8.count)) else { return .no }
    let words = server.slice(at: mark.utf8.count, 512).split { $0 == 0x20 || $0 == 10 }
    guard words.count >= 4 else { return .undecided }
    guard let least = words[0].asDecimal, let most = words[1].asDecimal, (1...2).contains(least),
      least <= most,
      most <= 9, words[2].elementsEqual("(".utf8)
    else { return .no }
    var facts = [Fact(.version, String(most))]
    var grounds = [Ground(.server, 0, min(server.count, 32), "greeting")]
    var isAnswered = false
    if !client.isEmpty {
      guard "( ".utf8.starts(with: client.prefix(2)) else { return .no }
      let said = client.prefix(1024).split { $0 == 0x20 }
      guard said.count < 3 || said[1].asDecimal != nil && said[2].elementsEqual("(".utf8) else {
        return .no
      }
      isAnswered = said.count >= 3
      if let url = said.first(where: { $0.containsIgnoringCase(":svn") }),
        let colon = url.firstIndex(of: 0x3a)
      {
        facts.append(Fact(.path, url[(colon + 1)...]))
      }
      grounds.append(Ground(.client, 0, min(client.count, 32), "client's answer"))
    }
    return .yes(
      Recognition("svn", isAnswered ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}
