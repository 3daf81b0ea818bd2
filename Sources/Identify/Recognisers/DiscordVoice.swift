import Flows
import Packets

extension Recogniser {
  /// Discord's voice servers tell a client its address: type, length 70, source, address, port; the answer repeats the
  /// source.
  static let discordVoice = Recogniser(
    name: "discord", title: "Discord voice (IP discovery)",
    specification: "Discord developer documentation, Voice Connections, IP Discovery",
    transports: [.udp], basis: [.built],
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let type = try walk.uint16()
      guard (1...2).contains(type), try walk.uint16() == 70 else {
        // Media follows.
        guard message.offset > 0 else { throw .wrong }
        return nil
      }
      guard message.bytes.count == 74 || !message.isWhole else { throw .wrong }
      let source = try walk.uint32()
      let address = try walk.take(64)
      let text = address.prefix { $0 != 0 }
      guard address.dropFirst(text.count).allSatisfy({ $0 == 0 }), text.isGraphic,
        type == 1 || text.count >= 7
      else { throw .wrong }
      var saying = Saying(part: type == 1 ? .request : .response, what: "IP discovery")
      saying.echo = UInt64(source)
      if type == 2 { saying.facts = [Fact(.answer, text)] }
      return saying
    })
}
