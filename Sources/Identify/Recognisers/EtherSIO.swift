import Flows
import Packets

extension Recogniser {
  /// SAIA Ether-S-I/O: `ESIO`, a telegram's type, version 0 and length, then transfers whose lengths fill it, or a status.
  static let etherSIO = Recogniser(
    name: "ether-s-io", title: "SAIA Ether-S-I/O",
    specification: "SAIA-Burgess Ether-S-I/O; layout as in Wireshark's packet-esio",
    transports: [.udp], basis: [.built],
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      try walk.expect(Array("ESIO".utf8))
      let type = try walk.uint16()
      guard (1...2).contains(type), try walk.uint16() == 0 else { throw .wrong }
      let length = Int(try walk.uint16())
      try walk.skip(2)
      // The length may leave out the header.
      guard (message.bytes.count - 12...message.bytes.count).contains(length) else { throw .wrong }
      if type == 2 {
        guard try walk.uint16() <= 1, Int(try walk.uint16()) <= walk.remaining + 4 else {
          throw .wrong
        }
        let station = try walk.uint32()
        return Saying(
          isSufficient: true, isOneWay: true,
          facts: [Fact(.message, "status"), Fact(.from, "station \(station)")],
          what: "status telegram with its length")
      }
      try walk.skip(4)
      let station = try walk.uint32()
      let count = try walk.uint8()
      try walk.skip(1)
      guard count > 0 else { throw .wrong }
      for _ in 0..<count {
        try walk.skip(8)
        try walk.skip(Int(try walk.uint16()))
      }
      guard walk.remaining == 0 else { throw .wrong }
      return Saying(
        isSufficient: true, isOneWay: true,
        facts: [Fact(.message, "data transfer"), Fact(.from, "station \(station)")],
        what: "telegram that its data transfers fill")
    })
}
