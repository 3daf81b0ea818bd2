import Flows
import Packets

extension Recogniser {
  /// SPICE: link messages of both sides with a magic, a version and a size; the client's capabilities fill it.
  static let spice = Recogniser(
    name: "spice", title: "SPICE remote display",
    specification: "SPICE protocol, section on linking; spice/protocol.h",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes, .little)
      var request = try link(&client, least: 18)
      try request.skip(4)
      let channel = try request.uint8()
      guard (1...20).contains(channel) else { throw .wrong }
      try request.skip(1)
      let words = try request.count32(atMost: 64) + (try request.count32(atMost: 64))
      guard try request.uint32() == 18, request.remaining == words * 4 else { throw .wrong }
      var server = ByteWalk(conversation.server.bytes, .little)
      var reply = try link(&server, least: 178)
      // An error, then a public key in DER of 162 bytes.
      guard try reply.uint32() <= 16 else { throw .wrong }
      try reply.skip(162)
      let told = try reply.count32(atMost: 64) + (try reply.count32(atMost: 64))
      guard try reply.uint32() == 178, reply.remaining == told * 4 else { throw .wrong }
      return .yes(
        Recognition(
          "spice", .answered,
          grounds: [
            Ground(.client, 0, client.offset, "link message that its capabilities fill"),
            Ground(.server, 0, server.offset, "link reply that its capabilities fill"),
          ], facts: [Fact(.topic, "channel type \(channel)")]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func link(_ walk: inout ByteWalk, least: Int) throws(Misfit) -> ByteWalk {
    try walk.expect(Array("REDQ".utf8))
    guard (1...2).contains(try walk.uint32()), try walk.uint32() <= 16 else { throw .wrong }
    let size = try walk.count32(atMost: 4096)
    guard size >= least else { throw .wrong }
    return try walk.walk(size)
  }
}
