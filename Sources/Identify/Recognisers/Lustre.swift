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
      guard error == .wrong else { return .undecided }
      return messages(conversation)
    }
  }

  /// A connection under way: messages of the socket driver, each with LNet's header, whose length of the content leads to
  /// the next; what one side sends to an address comes back from it.
  private static func messages(_ conversation: Conversation) -> Opinion {
    guard !conversation.client.beginsAtStart || !conversation.server.beginsAtStart else {
      return .no
    }
    var peers: [Side: ArraySlice<UInt8>] = [:]
    var grounds: [Ground] = []
    var count = 0
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      let run = MessageRun(of: side, in: conversation, most: 8) { walk, _ throws(Misfit) in
        walk.order = .little
        // KSOCK_MSG_NOOP ends behind its cookies.
        let kind = try walk.uint32()
        guard kind == 0xc0 || kind == 0xc1 else { throw .wrong }
        try walk.skip(20)
        if kind == 0xc0 { return 24 }
        try walk.skip(24)
        guard try walk.uint32() <= 4 else { throw .wrong }
        return 96 + (try walk.count32(atMost: 1 << 24))
      }
      guard !run.isWrong else { return .no }
      for message in run.messages where message.bytes.count >= 96 {
        peers[side] = message.bytes.dropFirst(24).prefix(16)
        count += 1
        if grounds.last?.side != side {
          grounds.append(Ground(side, message.offset, 96, "message of the socket driver and LNet"))
        }
      }
    }
    guard let asked = peers[.client], let answered = peers[.server], count >= 2 else {
      return .undecided
    }
    guard asked.prefix(8).elementsEqual(answered.suffix(8)),
      asked.suffix(8).elementsEqual(answered.prefix(8)), Set(asked).count > 2
    else { return .no }
    return .yes(Recognition("lustre", .proven, grounds: grounds, clientIs: nil))
  }
}
