import Flows
import Packets

extension Recogniser {
  /// World of Warcraft: the log-on's challenge, whose size and name length fill it, with game, platform and language; or
  /// the world server's opening.
  static let worldOfWarcraft = Recogniser(
    name: "wow", title: "World of Warcraft",
    specification:
      "wowdev.wiki, CMD_AUTH_LOGON_CHALLENGE, SMSG_AUTH_CHALLENGE, CMSG_AUTH_SESSION; TrinityCore's WorldSocket",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    let world = WorldOpening(conversation).opinion
    if world != .no { return world }
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
  }.orFromFirstBytes
}

/// How a world server and its client open.
private struct WorldOpening {
  let opinion: Opinion

  init(_ conversation: Conversation) {
    opinion =
      conversation.client.beginsAtStart && conversation.server.beginsAtStart
      ? Self.greetings(conversation) ?? Self.challenge(conversation) : .no
  }

  /// Since 4.0 each side first says in a sentence which direction it speaks for, behind the sentence's length (least
  /// significant byte last until 7.0, then of two or four bytes).
  private static func greetings(_ conversation: Conversation) -> Opinion? {
    var grounds: [Ground] = []
    for (side, direction) in [(Side.server, "SERVER TO CLIENT"), (.client, "CLIENT TO SERVER")] {
      let bytes = conversation[side].bytes
      guard !bytes.isEmpty else { continue }
      let sentence = Array("WORLD OF WARCRAFT CONNECTION - \(direction)".utf8)
      guard
        let start = [2, 4, 0].first(where: { bytes.dropFirst($0).starts(with: sentence) })
      else { return nil }
      // The length covers the sentence and what ends it: a version, a NUL or a line feed.
      let length = bytes.prefix(start).reduce(0) { $0 + Int($1) }
      guard start == 0 || (sentence.count...sentence.count + 8).contains(length) else { return nil }
      grounds.append(Ground(side, start, sentence.count, "connection string"))
    }
    guard let first = grounds.first else { return nil }
    guard grounds.count == 2 || first.offset > 0 else { return .undecided }
    return .yes(
      Recognition("wow", grounds.count == 2 ? .answered : .oneSided, grounds: grounds))
  }

  /// Before, the server's challenge is answered by a session that names build and account.
  private static func challenge(_ conversation: Conversation) -> Opinion {
    var server = ByteWalk(conversation.server.bytes)
    var client = ByteWalk(conversation.client.bytes)
    do throws(Misfit) {
      // Sizes have the most significant byte first, operations the least.
      let size = Int(try server.uint16())
      guard [6, 34, 38, 42].contains(size) else { throw .wrong }
      try server.expect([0xec, 0x01])
      guard conversation.server.bytes.count >= size + 2 else { throw .short }
      let length = Int(try client.uint16())
      try client.expect([0xed, 0x01, 0, 0])
      guard (20...2048).contains(length) else { throw .wrong }
      client.order = .little
      let build = try client.uint32()
      try client.skip(4)
      let account = try client.terminated(most: 32)
      guard (3_000...20_000).contains(build), account.count >= 2, account.isWritten else {
        throw .wrong
      }
      return .yes(
        Recognition(
          "wow", .answered,
          grounds: [
            Ground(.server, 0, size + 2, "challenge"),
            Ground(.client, 0, client.offset, "session with build and account"),
          ], facts: [Fact(.user, account), Fact(.version, "build \(build)")]))
    } catch {
      return error == .wrong || conversation.server.bytes.isEmpty ? .no : .undecided
    }
  }
}
