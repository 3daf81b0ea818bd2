import Flows
import Packets

extension Recogniser {
  /// The log-on of World of Warcraft: a challenge whose size and name length fill it, with game, platform and language.
  static let worldOfWarcraft = Recogniser(
    name: "wow", title: "World of Warcraft log-on",
    specification: "wowdev.wiki, CMD_AUTH_LOGON_CHALLENGE",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    let client = conversation.client
    guard client.beginsAtStart, let first = client.bytes.first else {
      return client.bytes.isEmpty ? .undecided : .no
    }
    guard first == 0 || first == 2 else { return .no }
    guard client.bytes.count >= 34 else {
      return client.bytes.dropFirst(4).elementsEqual(
        "WoW".utf8.prefix(max(0, client.bytes.count - 4)))
        ? .undecided : .no
    }
    let bytes = client.bytes
    let size = Int(bytes[2]) | Int(bytes[3]) << 8
    let count = Int(bytes[33])
    guard bytes[4..<8].elementsEqual(Array("WoW".utf8) + [0]), size == 30 + count, count > 0,
      bytes.count >= 34 + count, bytes[34..<34 + count].isWritten
    else { return .no }
    let language = String(decoding: bytes[21..<25].reversed(), as: UTF8.self)
    guard bytes[21..<25].allSatisfy({ (0x41...0x7a).contains($0) }) else { return .no }
    let server = conversation.server.bytes
    if let answer = server.first, answer != first { return .no }
    let build = Int(bytes[11]) | Int(bytes[12]) << 8
    var grounds = [Ground(.client, 0, 34 + count, "log-on challenge")]
    if !server.isEmpty { grounds.append(Ground(.server, 0, 1, "command repeated")) }
    return .yes(
      Recognition(
        "wow", server.isEmpty ? .oneSided : .answered, grounds: grounds,
        facts: [
          Fact(.user, bytes[34..<34 + count]),
          Fact(.version, "\(bytes[8]).\(bytes[9]).\(bytes[10]) build \(build)"),
          Fact(.dialect, language),
        ]))
  }
}
