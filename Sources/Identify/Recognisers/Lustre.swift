import Flows
import Packets

extension Recogniser {
  /// Lustre's network over TCP: the acceptor's request, then the socket driver's hello, each with a magic number.
  static let lustre = Recogniser(
    name: "lustre", title: "Lustre LNet",
    specification: "Lustre lnet/include/uapi/linux/lnet: lnet_acceptor_connreq, ksock_hello_msg",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      let magic = try walk.take(4)
      let order: ByteWalk.Order
      switch Array(magic) {
      case [0x00, 0x71, 0xce, 0xac]: order = .little
      case [0xac, 0xce, 0x71, 0x00]: order = .big
      default: throw .wrong
      }
      walk.order = order
      guard (1...2).contains(try walk.uint32()) else { throw .wrong }
      try walk.skip(8)
      var grounds = [Ground(.client, 0, 16, "acceptor request")]
      // Either side's hello: the protocol's magic and version 1 to 4.
      for side in Side.allCases {
        var hello = side == .client ? walk : ByteWalk(conversation.server.bytes, order)
        guard hello.remaining > 0 else { continue }
        guard let magic = try? hello.uint32(), let version = try? hello.uint32() else { continue }
        guard [0x4572_6963, 0xeebc_0ded].contains(magic),
          version & 0xffff_fff0 == 0 || magic == 0xeebc_0ded
        else { throw .wrong }
        grounds.append(Ground(side, side == .client ? 16 : 0, 8, "hello"))
      }
      let answered = grounds.contains { $0.side == .server }
      return .yes(Recognition("lustre", answered ? .answered : .oneSided, grounds: grounds))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
