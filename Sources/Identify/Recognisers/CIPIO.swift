import Flows
import Packets

extension Recogniser {
  /// CIP class 0 and 1 connections: two items, the sequenced address and the connected data.
  static let cipIO = Recogniser(
    name: "cip-io", title: "CIP I/O",
    specification: "ODVA CIP Networks Library volume 2, section 2-6",
    transports: [.udp], basis: [.built, .corpus],
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      try walk.expect([2, 0, 2, 0x80, 8, 0])
      let connection = try walk.uint32()
      try walk.skip(4)
      try walk.expect([0xb1, 0])
      let length = Int(try walk.uint16())
      if message.isWhole { guard length == walk.remaining else { throw .wrong } }
      return Saying(
        isSufficient: true, isOneWay: true,
        facts: [Fact(.session, "connection 0x" + String(connection, radix: 16))],
        what: "sequenced address item")
    })
}
