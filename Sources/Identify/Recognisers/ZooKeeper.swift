import Flows
import Packets

extension Recogniser {
  /// Apache ZooKeeper: a connect request of 44 or 45 bytes with a password of 16, answered with the session granted.
  static let zookeeper = Recogniser(
    name: "zookeeper", title: "Apache ZooKeeper",
    specification: "Apache ZooKeeper zookeeper.jute: ConnectRequest, ConnectResponse",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var request = ByteWalk(conversation.client.bytes)
      let length = try request.uint32()
      guard length == 44 || length == 45 || length == 28 || length == 29 else { throw .wrong }
      try request.expect([0, 0, 0, 0])
      try request.skip(8)
      let timeout = try request.uint32()
      guard (1...86_400_000).contains(timeout) else { throw .wrong }
      try request.skip(8)
      guard try request.uint32() == (length < 40 ? 0 : 16) else { throw .wrong }
      try request.skip(length < 40 ? 0 : 16)
      var answer = ByteWalk(conversation.server.bytes)
      guard (36...37).contains(try answer.uint32()) else { throw .wrong }
      try answer.expect([0, 0, 0, 0])
      guard try answer.uint32() <= 86_400_000 else { throw .wrong }
      let session = try answer.uint64()
      guard try answer.uint32() == 16 else { throw .wrong }
      return .yes(
        Recognition(
          "zookeeper", .answered,
          grounds: [
            Ground(.client, 0, request.offset, "ConnectRequest"),
            Ground(.server, 0, answer.offset, "ConnectResponse"),
          ],
          facts: [Fact(.session, "0x" + String(session, radix: 16))]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
