import Flows
import Packets

extension Recogniser {
  /// Firebird's and InterBase's wire protocol: a connect packet in XDR with the protocols that the client can, and an
  /// accept packet that names one of them.
  static let firebird = Recogniser(
    name: "firebird", title: "Firebird, InterBase",
    specification: "Firebird source, src/remote/protocol.h: P_CNCT, P_ACPT",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      // op_connect; op_attach, op_create or op_service_attach; CONNECT_VERSION2 or 3; arch_generic and the like.
      try client.expect([0, 0, 0, 1])
      let operation = try client.uint32()
      guard operation <= 100 else { throw .wrong }
      guard (2...3).contains(try client.uint32()), (1...50).contains(try client.uint32()) else {
        throw .wrong
      }
      let file = try text(&client)
      guard file.isEmpty || file.isWritten else { throw .wrong }
      let count = try client.count32(atMost: 32)
      guard count > 0 else { throw .wrong }
      // User identification: tags and lengths.
      _ = try text(&client)
      var offered: Set<UInt32> = []
      for _ in 0..<count {
        offered.insert(try client.uint32())
        guard (1...50).contains(try client.uint32()) else { throw .wrong }
        let (lowest, highest) = (try client.uint32(), try client.uint32())
        guard lowest & 0xff <= highest & 0xff, highest & 0xff <= 10, try client.uint32() <= 100
        else { throw .wrong }
      }
      var server = ByteWalk(conversation.server.bytes)
      let answer = try server.uint32()
      var facts = file.isEmpty ? [] : [Fact(.database, file)]
      switch answer {
      case 3, 94, 98:
        // The server repeats the version of a protocol, without or with the bit that marks Firebird's own.
        let version = try server.uint32()
        guard
          offered.contains(where: { $0 == version || $0 & 0x7fff == version & 0x7fff }),
          (1...50).contains(try server.uint32()), try server.uint32() & 0xff <= 10
        else { throw .wrong }
        facts.append(Fact(.version, "\(version & 0x7fff)"))
      case 4: break
      default: throw .wrong
      }
      return .yes(
        Recognition(
          "firebird", answer == 4 ? .answered : .proven,
          grounds: [
            Ground(.client, 0, client.offset, "connect packet and its protocols"),
            Ground(.server, 0, server.offset, "accept packet with one of them"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  /// A counted string, padded to a multiple of four.
  private static func text(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    let count = try walk.count32(atMost: 4096)
    let text = try walk.take(count)
    try walk.align(4)
    return text
  }
}
