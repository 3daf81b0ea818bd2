import Flows
import Packets

extension Recogniser {
  /// NSQ: four bytes of version, commands in lines, of which IDENTIFY has JSON behind its length; the daemon answers in
  /// frames of length and type.
  static let nsq = Recogniser(
    name: "nsq", title: "NSQ", specification: "NSQ TCP protocol specification (V2)",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      try client.expect(Array("  V2".utf8))
      let line = try command(&client)
      var facts = [Fact(.method, line.prefix { $0 != 0x20 })]
      if line.elementsEqual("IDENTIFY".utf8) {
        let length = try client.count32(atMost: 1 << 16)
        let text = Array(try client.take(length))
        guard case .whole(let object, let end) = JSONObject.read(text), end == length else {
          throw .wrong
        }
        if let agent = object["user_agent"]?.string { facts.append(Fact(.userAgent, agent)) }
        if let name = object["client_id"]?.string { facts.append(Fact(.clientID, name)) }
      }
      var server = ByteWalk(conversation.server.bytes)
      let length = try server.count32(atMost: 1 << 24)
      guard length >= 4, try server.uint32() <= 2 else { throw .wrong }
      let answer = try server.take(length - 4)
      guard !answer.isEmpty, answer.isWritten else { throw .wrong }
      return .yes(
        Recognition(
          "nsq", .answered,
          grounds: [
            Ground(.client, 0, client.offset, "version and first command"),
            Ground(.server, 0, server.offset, "response frame"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static let commands: Set<String> = [
    "IDENTIFY", "AUTH", "SUB", "PUB", "MPUB", "DPUB", "RDY", "FIN", "REQ", "TOUCH", "CLS", "NOP",
  ]

  /// The next line, which must begin with a command.
  private static func command(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    guard let end = walk.rest.prefix(256).firstIndex(of: 10) else {
      throw walk.remaining < 256 ? .short : .wrong
    }
    let line = try walk.take(end - walk.rest.startIndex)
    try walk.skip(1)
    guard line.isGraphic, commands.contains(line.prefix { $0 != 0x20 }.asText) else { throw .wrong }
    return line
  }
}
