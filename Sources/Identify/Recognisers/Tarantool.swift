import Flows
import Packets

extension Recogniser {
  /// Tarantool: a greeting of two lines of 64 bytes, the second with a salt in Base64; requests in MessagePack behind
  /// their length.
  static let tarantool = Recogniser(
    name: "tarantool", title: "Tarantool (IPROTO)",
    specification: "Tarantool documentation, box protocol: greeting and packet structure",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      // A client waits for the greeting.
      guard conversation.client.bytes.first ?? 0xce == 0xce else { throw .wrong }
      var server = ByteWalk(conversation.server.bytes)
      try server.expect(Array("Tarantool ".utf8))
      let first = try server.take(53)
      try server.expect([10])
      let salt = try server.take(44)
      let padding = try server.take(19)
      try server.expect([10])
      guard first.isGraphic, let version = first.words().first, salt.last == 0x3d,
        salt.dropLast().allSatisfy(isBase64), padding.allSatisfy({ $0 == 0x20 })
      else { throw .wrong }
      let greeting = Ground(.server, 0, 128, "greeting of two lines of 64 bytes, with a salt")
      let facts = [Fact(.version, version)]
      var client = ByteWalk(conversation.client.bytes)
      guard client.remaining > 0 else {
        return .yes(Recognition("tarantool", .oneSided, grounds: [greeting], facts: facts))
      }
      // Five bytes of length, then a map whose first key is the type.
      try client.expect([0xce])
      let length = try client.count32(atMost: 1 << 24)
      guard length >= 3, try client.uint8() & 0xf0 == 0x80 else { throw .wrong }
      guard try client.uint8() <= 1 else { throw .wrong }
      return .yes(
        Recognition(
          "tarantool", .answered,
          grounds: [greeting, Ground(.client, 0, client.offset, "request behind its length")],
          facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2f, 0x3d: true
    default: false
    }
  }
}
