import Flows
import Packets

extension Recogniser {
  /// Omron FINS: frames with both nodes' addresses, a service identifier and a command; over TCP behind `FINS`.
  static let omronFINS = Recogniser(
    name: "omron-fins", title: "Omron FINS",
    specification: "Omron W227 (FINS Commands), W421 section 7",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { return walk.remaining }
      try walk.expect(Array("FINS".utf8))
      let length = try walk.count32(atMost: 4096)
      guard length >= 8 else { throw .wrong }
      return length + 8
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      guard !message.isDatagram else { return try FINS.frame(&walk, isWrapped: false) }
      try walk.skip(8)
      let command = try walk.uint32()
      let error = try walk.uint32()
      guard command <= 6, error <= 0x30 else { throw .wrong }
      switch command {
      case 0, 1:
        // The nodes' numbers: the client's, and in the answer the server's too.
        guard walk.remaining == (command == 0 ? 4 : 8) else { throw .wrong }
        return Saying(
          part: command == 0 ? .request : .response, isSufficient: true,
          facts: [Fact(.message, "node address")],
          what: "FINS/TCP header with the length of its frame and its command")
      case 2:
        guard var saying = try FINS.frame(&walk, isWrapped: true) else { return nil }
        saying.isSufficient = true
        return saying
      default:
        return Saying(
          isSufficient: true, what: "FINS/TCP header with the length of its frame and its command")
      }
    })
}

private enum FINS {
  static func frame(_ walk: inout ByteWalk, isWrapped: Bool) throws(Misfit) -> Saying? {
    let control = try walk.uint8()
    guard control & 0x3e == 0 else { throw .wrong }
    try walk.expect([0])
    let gateways = try walk.uint8()
    guard gateways <= 7, isWrapped || gateways >= 1 else { throw .wrong }
    let destination = try walk.take(3)
    let source = try walk.take(3)
    let service = UInt64(try walk.uint8())
    let command = try walk.uint16()
    guard names.contains(UInt8(command >> 8)), command & 0xff <= 0x60 else { throw .wrong }
    let isAnswer = control & 0x40 != 0
    // An answer exchanges the addresses and repeats the rest.
    var echo: UInt64 = service << 16 | UInt64(command)
    for byte in isAnswer ? source + destination : destination + source {
      echo = echo &* 257 ^ UInt64(byte)
    }
    var saying = Saying(echo: echo, what: "FINS header")
    if !isWrapped { saying.part = isAnswer ? .response : .request }
    saying.facts = [Fact(.method, "command 0x" + String(command, radix: 16))]
    return saying
  }

  /// Main request codes.
  private static let names: Set<UInt8> = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0f, 0x21, 0x22, 0x23, 0x26, 0x27,
    0x28,
  ]
}
