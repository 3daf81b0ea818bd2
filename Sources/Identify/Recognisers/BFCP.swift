import Flows
import Packets

extension Recogniser {
  /// Binary floor control protocol: a header of version, primitive, length in words, conference, transaction and user.
  static let bfcp = Recogniser(
    name: "bfcp", title: "BFCP", specification: "RFC 8855 section 5", transports: [.tcp, .udp],
    basis: [.built, .corpus],
    length: { walk, isDatagram throws(Misfit) in
      let first = try walk.uint8()
      guard first >> 5 == 1 || first >> 5 == 2, first & 0x07 == 0 else { throw .wrong }
      guard (1...18).contains(try walk.uint8()) else { throw .wrong }
      let length = Int(try walk.uint16()) * 4 + 12
      return isDatagram ? walk.offset + walk.remaining : length
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(1)
      let primitive = try walk.uint8()
      let length = Int(try walk.uint16()) * 4 + 12
      guard message.bytes.count <= length || !message.isWhole else { throw .wrong }
      // Some stacks leave out an attribute that the length counts; more than one is another protocol.
      if message.isWhole, message.bytes.count < length {
        guard message.bytes.count == 12, length <= 28 else { throw .wrong }
      }
      let conference = try walk.uint32()
      let transaction = try walk.uint16()
      let user = try walk.uint16()
      while walk.remaining > 0 {
        let type = try walk.uint8() >> 1
        let length = Int(try walk.uint8())
        guard (1...18).contains(type), length >= 2 else { throw .wrong }
        try walk.skip(length - 2)
        try walk.skip(min(walk.remaining, (4 - length % 4) % 4))
      }
      let names = [
        "", "FloorRequest", "FloorRelease", "FloorRequestQuery", "FloorRequestStatus", "UserQuery",
        "UserStatus", "FloorQuery", "FloorStatus", "ChairAction", "ChairActionAck", "Hello",
        "HelloAck",
        "Error", "FloorRequestStatusAck", "FloorStatusAck", "Goodbye", "GoodbyeAck", "ErrorAck",
      ]
      var saying = Saying(what: "common header")
      switch primitive {
      case 1, 2, 3, 5, 7, 9, 11: saying.part = .request
      case 10, 12: saying.part = .response
      default: break
      }
      // A header without the attributes that its length counts still has three numbers that the answer repeats.
      saying.isEchoWide = conference != 0 && transaction != 0
      saying.echo = UInt64(conference) << 32 | UInt64(transaction) << 16 | UInt64(user)
      saying.facts = [
        Fact(.method, names[Int(primitive)]), Fact(.topic, "conference \(conference)"),
        Fact(.user, "\(user)"),
      ]
      return saying
    })
}
