import Flows
import Packets

extension Recogniser {
  /// Diameter: a header of version, length, command, application and two identifiers, filled with attributes.
  static let diameter = Recogniser(
    name: "diameter", title: "Diameter", specification: "RFC 6733 sections 3 and 4",
    transports: [.tcp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([1])
      let length = Int(try walk.uint24())
      guard length >= 20, length.isMultiple(of: 4), try walk.uint8() & 0x0f == 0 else {
        throw .wrong
      }
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      let isRequest = try walk.uint8() & 0x80 != 0
      let command = try walk.uint24()
      let application = try walk.uint32()
      let hop = UInt64(try walk.uint32())
      let end = UInt64(try walk.uint32())
      guard command > 0 else { throw .wrong }
      var saying = Saying(what: "Diameter header and attributes that fill its length")
      // Either peer may ask; who opens exchanges capabilities first.
      if command == 257 { saying.part = isRequest ? .request : .response }
      saying.echo = hop << 32 ^ end &* 0x9e37_79b9 ^ UInt64(command) << 8
      saying.facts = [
        Fact(.method, "command \(command)"), Fact(.version, "application \(application)"),
      ]
      while walk.remaining > 0 {
        let code = try walk.uint32()
        let flags = try walk.uint8()
        let length = Int(try walk.uint24())
        let head = flags & 0x80 != 0 ? 12 : 8
        guard flags & 0x1f == 0, length >= head else { throw .wrong }
        if head == 12 { try walk.skip(4) }
        let value = try walk.take(length - head)
        try walk.skip(min(walk.remaining, (4 - length % 4) % 4))
        saying.isSufficient = true
        switch code {
        case 264: saying.facts.append(Fact(side == .client ? .from : .server, value))
        case 263: saying.facts.append(Fact(.session, value))
        case 1: saying.facts.append(Fact(.user, value))
        case 268 where value.count == 4:
          var number = ByteWalk(value)
          saying.facts.append(Fact(.status, "\(try number.uint32())"))
        default: break
        }
      }
      return saying
    })
}
