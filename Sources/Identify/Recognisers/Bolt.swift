import Flows
import Packets

extension Recogniser {
  /// Neo4j's Bolt: a magic and four versions; the server chooses one of them, and messages in chunks follow.
  static let bolt = Recogniser(
    name: "bolt", title: "Neo4j Bolt",
    specification: "Neo4j Bolt protocol, handshake and message transfer encoding",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      try client.expect([0x60, 0x60, 0xb0, 0x17])
      var offers: [[UInt8]] = []
      for _ in 0..<4 {
        let offer = Array(try client.take(4))
        // A zero, how many minor versions below, minor, major; or the mark of the handshake of 5.7.
        guard offer[0] == 0, offer[3] < 16 && offer[2] < 64 || offer == [0, 0, 1, 0xff] else {
          throw .wrong
        }
        offers.append(offer)
      }
      guard offers.contains(where: { $0[3] > 0 }) else { throw .wrong }
      var server = ByteWalk(conversation.server.bytes)
      let chosen = Array(try server.take(4))
      let isOffered = offers.contains { offer in
        offer[3] == chosen[3] && offer[2] >= chosen[2] && offer[2] - chosen[2] <= offer[1]
          && chosen[0] == 0 && chosen[1] == 0
      }
      // No common version: the server ends with four zeros.
      guard isOffered || chosen == [0, 0, 0, 0] && server.remaining == 0 else { throw .wrong }
      let facts = isOffered ? [Fact(.version, "\(chosen[3]).\(chosen[2])")] : []
      var grounds = [
        Ground(.client, 0, 20, "handshake with four versions"),
        Ground(.server, 0, 4, "version that was offered"),
      ]
      if isOffered, chosen[3] != 0xff, client.remaining >= 4 {
        // HELLO or INIT: a structure of one or two fields behind the chunk's length.
        let size = try client.uint16()
        guard size >= 2, let marker = client.peek(), marker & 0xfc == 0xb0, client.peek(1) == 1
        else { throw .wrong }
        grounds.append(Ground(.client, 20, 4, "chunk with the first message"))
      }
      return .yes(Recognition("bolt", .answered, grounds: grounds, facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
