import Flows
import Packets

extension Recogniser {
  /// Minecraft (Java edition): a handshake of version, server address, port and what comes next.
  static let minecraft = Recogniser(
    name: "minecraft", title: "Minecraft (Java edition)",
    specification: "minecraft.wiki: Java Edition protocol, Handshaking",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      let length = try walk.variable(atMost: 2)
      guard (8...300).contains(length) else { throw .wrong }
      var packet = try walk.walk(Int(length))
      let host: ArraySlice<UInt8>
      let version: UInt64
      let next: UInt8
      do throws(Misfit) {
        try packet.expect([0])
        version = try packet.variable(atMost: 5)
        host = try packet.take(Int(try packet.variable(atMost: 2)))
        try packet.skip(2)
        next = try packet.uint8()
      } catch {
        throw .wrong
      }
      guard packet.remaining == 0, (1...3).contains(next), version < 1 << 31, host.count >= 1 else {
        throw .wrong
      }
      // Modified clients put marks behind a NUL.
      let name = host.prefix { $0 != 0 }
      guard name.isGraphic, !name.isEmpty else { throw .wrong }
      var facts = [Fact(.host, name), Fact(.version, "protocol \(version)")]
      // What follows: an empty request, or the player's name.
      let following = try walk.variable(atMost: 2)
      try walk.expect([0])
      if next == 2 {
        let user = try walk.take(Int(try walk.variable(atMost: 1)))
        guard user.isGraphic, (1...16).contains(user.count) else { throw .wrong }
        facts.append(Fact(.user, user))
      } else if next == 1 {
        guard following == 1 else { throw .wrong }
      }
      var answer = ByteWalk(conversation.server.bytes)
      guard answer.remaining > 0 else { throw .short }
      let size = try answer.variable(atMost: 3)
      // Nobody writes a length longer than need be.
      guard size >= 1 << (7 * (answer.offset - 1)) else { throw .wrong }
      let kind = try answer.uint8()
      guard size > 0, next == 1 ? kind == 0 : kind <= 4 else { throw .wrong }
      if next == 1 {
        let status = try answer.variable(atMost: 3)
        guard status < size else { throw .wrong }
        try answer.expect([0x7b])
      }
      return .yes(
        Recognition(
          "minecraft", .answered,
          grounds: [
            Ground(.client, 0, walk.offset, "handshake"),
            Ground(.server, 0, answer.offset, "answer"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
