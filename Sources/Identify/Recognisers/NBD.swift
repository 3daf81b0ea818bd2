import Flows
import Packets

extension Recogniser {
  /// Network Block Device: the server greets with two magics and its flags; the client repeats the second one before each
  /// option, and replies repeat the option.
  static let nbd = Recogniser(
    name: "nbd", title: "Network Block Device",
    specification: "NetworkBlockDevice/nbd doc/proto.md, handshake phase",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    do throws(Misfit) {
      // A client waits for the greeting; then its flags are small.
      guard conversation.client.bytes.prefix(3).allSatisfy({ $0 == 0 }) else { throw .wrong }
      var server = ByteWalk(conversation.server.bytes)
      try server.expect(Array("NBDMAGIC".utf8))
      try server.expect(option)
      guard try server.uint16() <= 3 else { throw .wrong }
      let greeting = Ground(.server, 0, server.offset, "greeting with both magics and its flags")
      var client = ByteWalk(conversation.client.bytes)
      if client.remaining == 0 {
        return .yes(Recognition("nbd", .oneSided, grounds: [greeting]))
      }
      guard try client.uint32() <= 3 else { throw .wrong }
      try client.expect(option)
      let wanted = try client.uint32()
      let length = try client.count32(atMost: 1 << 16)
      guard (1...64).contains(wanted) else { throw .wrong }
      var grounds = [greeting, Ground(.client, 0, client.offset, "flags and first option")]
      var facts = [Fact(.method, names[wanted] ?? "option \(wanted)")]
      if let name = try? export(wanted, client.take(length)), !name.isEmpty {
        facts.append(Fact(.topic, name))
      }
      // What answers NBD_OPT_EXPORT_NAME is a size and has no header.
      if wanted != 1, (try? server.expect(reply)) != nil, let repeated = try? server.uint32() {
        guard repeated == wanted else { throw .wrong }
        grounds.append(Ground(.server, 18, 12, "reply with the option's number"))
        return .yes(Recognition("nbd", .proven, grounds: grounds, facts: facts))
      }
      return .yes(Recognition("nbd", .answered, grounds: grounds, facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static let option = Array("IHAVEOPT".utf8)
  private static let reply: [UInt8] = [0x00, 0x03, 0xe8, 0x89, 0x04, 0x55, 0x65, 0xa9]
  private static let names: [UInt32: String] = [
    1: "NBD_OPT_EXPORT_NAME", 2: "NBD_OPT_ABORT", 3: "NBD_OPT_LIST", 5: "NBD_OPT_STARTTLS",
    6: "NBD_OPT_INFO", 7: "NBD_OPT_GO", 8: "NBD_OPT_STRUCTURED_REPLY",
    9: "NBD_OPT_LIST_META_CONTEXT", 10: "NBD_OPT_SET_META_CONTEXT",
    11: "NBD_OPT_EXTENDED_HEADERS",
  ]

  /// The export that an option names.
  private static func export(
    _ option: UInt32, _ data: ArraySlice<UInt8>
  ) throws(Misfit) -> ArraySlice<UInt8> {
    guard option == 6 || option == 7 else { return option == 1 ? data : [] }
    var walk = ByteWalk(data)
    return try walk.take(try walk.count32(atMost: 4096))
  }
}
