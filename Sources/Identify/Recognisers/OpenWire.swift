import Flows
import Packets

extension Recogniser {
  /// OpenWire: each side opens with its wire format, a length, type 1, `ActiveMQ` and a version (OpenWire 2).
  static let openwire = Recogniser(
    name: "openwire", title: "OpenWire (ActiveMQ)",
    specification: "OpenWire version 2 specification, WireFormatInfo",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    guard let client = version(conversation.client.bytes),
      let server = version(conversation.server.bytes)
    else {
      return .no
    }
    let found = [(Side.client, client), (.server, server)].filter { $0.1 > 0 }
    guard !found.isEmpty else { return .undecided }
    return .yes(
      Recognition(
        "openwire", found.count == 2 ? .answered : .oneSided,
        grounds: found.map { Ground($0.0, 0, 17, "WireFormatInfo") },
        facts: [Fact(.version, String(found.map(\.1).min() ?? 0))],
        // Both sides open alike.
        clientIs: conversation.knowsClient ? .client : nil))
  }.orFromFirstBytes

  /// The version in a side's first command; 0 when it is cut; nil when it is none.
  private static func version(_ bytes: [UInt8]) -> Int? {
    guard let first = bytes.first else { return 0 }
    // The length may be left out by agreement, but not before there is one.
    guard first == 0 else { return nil }
    let magic = [1] + Array("ActiveMQ".utf8)
    guard bytes.slice(at: 4, 9).elementsEqual(magic.prefix(max(0, bytes.count - 4))) else {
      return nil
    }
    guard let length = bytes.bigEndian(at: 0, 4), let version = bytes.bigEndian(at: 13, 4) else {
      return 0
    }
    guard (14...65_536).contains(length), (1...32).contains(version) else { return nil }
    return version
  }
}
