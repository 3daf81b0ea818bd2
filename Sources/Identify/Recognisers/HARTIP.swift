import Flows
import Packets

extension Recogniser {
  /// HART-IP: a header of version, message type, message, status, sequence number and length.
  static let hartIP = Recogniser(
    name: "hart-ip", title: "HART-IP",
    specification: "FieldComm Group FCG TS20085 (HART-IP), section 10",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      guard (1...2).contains(try walk.uint8()) else { throw .wrong }
      guard [0, 1, 2, 15].contains(try walk.uint8()) else { throw .wrong }
      guard try walk.uint8() <= 5 else { throw .wrong }
      try walk.skip(3)
      let length = Int(try walk.uint16())
      guard (8...4096).contains(length) else { throw .wrong }
      return length
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      let version = try walk.uint8()
      let type = try walk.uint8()
      let command = try walk.uint8()
      let status = try walk.uint8()
      let sequence = try walk.uint16()
      try walk.skip(2)
      if type == 0, status != 0 { throw .wrong }
      var saying = Saying(what: "message header with type, sequence number and length")
      // A session begins with the kind of master and the inactivity timer; a message within it ends with a parity byte.
      switch command {
      case 0:
        guard walk.remaining == 5 || type == 15 else { throw .wrong }
        guard try walk.uint8() <= 1 else { throw .wrong }
        saying.isSufficient = true
      case 1, 2: guard walk.remaining == 0 else { throw .wrong }
      case 3:
        guard walk.remaining >= 5, walk.rest.reduce(0, ^) == 0 else { throw .wrong }
        saying.isSufficient = true
      default: break
      }
      saying.part = type == 0 ? .request : .response
      if type != 2 { saying.echo = UInt64(sequence) << 8 | UInt64(command) }
      let names = [
        "initiate session", "close session", "keep alive", "token passing", "direct", "audit log",
      ]
      saying.facts = [Fact(.message, names[Int(command)]), Fact(.version, "\(version)")]
      return saying
    })
}
