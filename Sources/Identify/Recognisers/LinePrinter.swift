import Flows
import Packets

extension Recogniser {
  /// The line printer daemon: a command with a queue, then files behind a line with their size and name, each step
  /// acknowledged by a NUL.
  static let linePrinter = Recogniser(
    name: "lpd", title: "Line Printer Daemon", specification: "RFC 1179 sections 5.2, 6.2, 6.3",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      try client.expect([2])
      let queue = try line(&client)
      guard queue.isGraphic, !queue.contains(0x20) else { throw .wrong }
      let kind = try client.uint8()
      let file = try line(&client)
      guard kind == 2 || kind == 3 else { throw .wrong }
      // The size, a blank, `cf` or `df`, a letter, three digits and the host.
      let words = file.words(most: 2)
      guard words.count == 2, words[0].asDecimal != nil, words[1].count > 6, words[1].isGraphic,
        words[1].starts(with: kind == 2 ? "cf".utf8 : "df".utf8),
        words[1].dropFirst(3).prefix(3).asDecimal != nil
      else { throw .wrong }
      var server = ByteWalk(conversation.server.bytes)
      try server.expect([0, 0])
      return .yes(
        Recognition(
          "lpd", .answered,
          grounds: [
            Ground(.client, 0, client.offset, "queue, then a file's size and name"),
            Ground(.server, 0, 2, "acknowledgements"),
          ], facts: [Fact(.topic, queue), Fact(.from, words[1].dropFirst(6))]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func line(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    guard let end = walk.rest.prefix(200).firstIndex(of: 10) else {
      throw walk.remaining < 200 ? .short : .wrong
    }
    let line = try walk.take(end - walk.rest.startIndex)
    try walk.skip(1)
    guard !line.isEmpty else { throw .wrong }
    return line
  }
}
