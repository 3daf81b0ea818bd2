import Flows
import Packets

extension Recogniser {
  /// Ookla's speed test: the client says HI, the server HELLO with its version and build.
  static let ookla = Recogniser(
    name: "ookla", title: "Ookla Speedtest",
    specification: "none published; the dialogue as free speed test clients implement it",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    var asked = Lines(conversation.client.bytes, most: 1)
    var told = Lines(conversation.server.bytes, most: 1)
    guard let hi = asked.next() else { return .undecided }
    guard hi.isText, hi.bytes.count <= 128, "HI".utf8.starts(with: hi.bytes.prefix(2)),
      hi.bytes.count <= 2 || hi.bytes[2] == 0x20
    else { return .no }
    guard hi.isWhole, let hello = told.next() else { return .undecided }
    guard hello.isText, "HELLO ".utf8.starts(with: hello.bytes.prefix(6)) else { return .no }
    let words = hello.bytes.words(most: 4)
    guard hello.isWhole else { return .undecided }
    guard words.count >= 2, let version = words.dropFirst().first, isVersion(version) else {
      return .no
    }
    return .yes(
      Recognition(
        "ookla", .answered,
        grounds: [
          Ground(.client, 0, hi.bytes.count, "HI"),
          Ground(.server, 0, hello.bytes.count, "HELLO and version"),
        ], facts: [Fact(.version, version), Fact(.serverBanner, hello.bytes)]))
  }.orFromFirstBytes

  /// Two numbers with a point between them.
  private static func isVersion(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: 0x2e, omittingEmptySubsequences: false)
    return (2...4).contains(parts.count) && parts.allSatisfy { $0.asDecimal != nil }
  }
}
