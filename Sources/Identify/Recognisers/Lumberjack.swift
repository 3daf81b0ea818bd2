import Flows
import Packets

extension Recogniser {
  /// Beats to Logstash: frames of a version and a letter; a window, events or a compressed block behind its length, and
  /// acknowledgements of the events' numbers.
  static let lumberjack = Recogniser(
    name: "lumberjack", title: "Lumberjack (Beats to Logstash)",
    specification: "elastic/logstash-forwarder PROTOCOL.md; go-lumber, version 2",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      let version = try client.uint8()
      guard version == 0x31 || version == 0x32 else { throw .wrong }
      try client.expect([UInt8(ascii: "W")])
      let window = try client.uint32()
      guard (1...1_000_000).contains(window) else { throw .wrong }
      try client.expect([version])
      switch try client.uint8() {
      case UInt8(ascii: "C"):
        guard try client.count32(atMost: 1 << 26) > 8 else { throw .wrong }
        // A zlib header: deflate, and a check that makes it a multiple of 31.
        let header = try client.uint16()
        guard header >> 8 & 15 == 8, header % 31 == 0 else { throw .wrong }
      case UInt8(ascii: "J"):
        guard (1...window).contains(try client.uint32()), try client.uint32() > 1 else {
          throw .wrong
        }
        try client.expect([UInt8(ascii: "{")])
      default: throw .wrong
      }
      var server = ByteWalk(conversation.server.bytes)
      try server.expect([version, UInt8(ascii: "A")])
      let number = try server.uint32()
      guard number <= window else { throw .wrong }
      return .yes(
        Recognition(
          "lumberjack", .answered,
          grounds: [
            Ground(.client, 0, client.offset, "window and first events"),
            Ground(.server, 0, 6, "acknowledgement within the window"),
          ], facts: [Fact(.version, String(version & 15))]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
