import Flows
import Packets

extension Recogniser {
  /// GE's Ethernet global data: production of an exchange with its producer, time, status and signature.
  static let egd = Recogniser(
    name: "egd", title: "Ethernet Global Data", specification: "GE Fanuc GFK-2439 appendix B",
    transports: [.udp],
    basis: [.built],
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      try walk.expect([0x0d, 0x01])
      let request = try walk.uint16()
      let producer = try walk.take(4).map(String.init).joined(separator: ".")
      let exchange = try walk.uint32()
      try walk.skip(4)
      let fraction = try walk.uint32()
      let status = try walk.uint32()
      try walk.skip(4)
      try walk.expect([0, 0, 0, 0])
      guard fraction < 1_000_000_000, status & 0xffff <= 0x1f, request > 0 || exchange > 0 else {
        throw .wrong
      }
      return Saying(
        isSufficient: message.bytes.count >= 32, isOneWay: true,
        facts: [Fact(.from, producer), Fact(.topic, "exchange \(exchange)")],
        what: "production header")
    })
}
