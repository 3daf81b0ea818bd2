import Flows
import Packets

extension Recogniser {
  /// rsync's daemon: each side opens with `@RSYNCD:` and its protocol version (rsync's csprotocol.txt).
  static let rsync = Recogniser(
    name: "rsync", title: "rsync daemon", specification: "csprotocol.txt of rsync",
    transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = greeting(conversation.client.bytes)
    let server = greeting(conversation.server.bytes)
    if server.isWrong || client.isWrong && server.version == nil { return .no }
    let found = [(Side.client, client), (.server, server)].filter { $0.1.version != nil }
    guard !found.isEmpty else { return .undecided }
    var facts: [Fact] = []
    if let version = server.version ?? client.version { facts.append(Fact(.version, version)) }
    let asked = Array(Lines(conversation.client.bytes, most: 2))
    if asked.count == 2, asked[1].isWhole, asked[1].isText, client.version != nil,
      !asked[1].bytes.isEmpty
    {
      facts.append(Fact(.topic, asked[1].bytes))
    }
    return .yes(
      Recognition(
        "rsync", found.count == 2 ? .answered : .oneSided,
        grounds: found.map { Ground($0.0, 0, $0.1.length, "greeting") }, facts: facts,
        clientIs: conversation.knowsClient ? .client : nil))
  }.orFromFirstBytes

  /// `@RSYNCD: 31.0`, then, since version 31, the names of digests.
  private static func greeting(
    _ bytes: [UInt8]
  ) -> (version: ArraySlice<UInt8>?, isWrong: Bool, length: Int) {
    var lines = Lines(bytes, most: 1)
    guard let line = lines.next() else { return (nil, false, 0) }
    let mark = "@RSYNCD: "
    guard line.bytes.starts(with: mark.utf8) else {
      return (nil, line.isWhole || !mark.utf8.starts(with: line.bytes), 0)
    }
    let version = line.bytes.dropFirst(mark.utf8.count).prefix { $0 != 0x20 }
    let numbers = version.split(separator: 0x2e, omittingEmptySubsequences: false)
    guard line.isWhole else { return (nil, !line.bytes.dropLast().isPrintableASCII, 0) }
    guard line.bytes.isPrintableASCII, (1...2).contains(numbers.count),
      numbers.allSatisfy({ $0.asDecimal.map { $0 <= 255 } ?? false })
    else { return (nil, true, 0) }
    return (version, false, line.bytes.count)
  }
}
