import Flows
import Packets

extension Recogniser {
  /// Beckhoff's automation device specification: AMS frames with both net identifiers, a command and an invoke number.
  static let ads = Recogniser(
    name: "ads", title: "Beckhoff ADS/AMS",
    specification: "Beckhoff Information System: ADS, AMS/TCP header and AMS header",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { return walk.remaining }
      try walk.expect([0, 0])
      walk.order = .little
      let length = try walk.count32(atMost: 1 << 24)
      guard length >= 32 else { throw .wrong }
      return length + 6
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      if message.isDatagram { return try AMS.discovery(&walk) }
      try walk.skip(2)
      let length = try walk.uint32()
      let target = try AMS.address(&walk)
      let source = try AMS.address(&walk)
      let command = try walk.uint16()
      let flags = try walk.uint16()
      let data = try walk.uint32()
      let error = try walk.uint32()
      let invoke = try walk.uint32()
      guard command <= 9, flags & ~0x45 == 0, flags & 4 != 0, data == length - 32 else {
        throw .wrong
      }
      let isAnswer = flags & 1 != 0
      var saying = Saying(
        echo: UInt64(invoke) << 8 | UInt64(command), isSufficient: true,
        what: "AMS header with the length of its frame, both addresses and an invoke number")
      // A notification (8) comes from the device; everything else is asked for by whoever wants it.
      if command != 8 { saying.part = isAnswer ? .response : .request }
      if command == 8 { saying.echo = nil }
      let names = [
        "", "read device info", "read", "write", "read state", "write control", "add notification",
        "delete notification", "notification", "read write",
      ]
      saying.facts = [Fact(.from, source), Fact(.to, target), Fact(.method, names[Int(command)])]
      if error != 0, isAnswer { saying.facts.append(Fact(.error, "0x" + String(error, radix: 16))) }
      return saying
    })
}

private enum AMS {
  /// A net identifier and a port.
  static func address(_ walk: inout ByteWalk) throws(Misfit) -> String {
    let net = try walk.take(6).map(String.init).joined(separator: ".")
    return net + ":\(try walk.uint16())"
  }

  /// The search for devices: a magic number, then what is asked.
  static func discovery(_ walk: inout ByteWalk) throws(Misfit) -> Saying? {
    try walk.expect([0x03, 0x66, 0x14, 0x71])
    try walk.skip(4)
    let service = try walk.uint32()
    guard (1...16).contains(service & 0x7fff_ffff) else { throw .wrong }
    let net = try address(&walk)
    return Saying(
      part: service & 0x8000_0000 == 0 ? .request : .response, isSufficient: true,
      facts: [Fact(.from, net)], what: "discovery header")
  }
}
