import Flows
import Packets

extension Recogniser {
  /// EtherNet/IP's encapsulation: command, length, session, status, a context that the answer repeats, options 0.
  static let enip = Recogniser(
    name: "enip", title: "EtherNet/IP (CIP)",
    specification: "ODVA CIP Networks Library volume 2, chapter 2",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let command = try walk.uint16()
      guard Encapsulation.names[command] != nil else { throw .wrong }
      let length = Int(try walk.uint16())
      try walk.skip(4)
      let status = try walk.uint32()
      guard status <= 0x69 else { throw .wrong }
      try walk.skip(8)
      guard try walk.uint32() == 0 else { throw .wrong }
      return length + 24
    },
    read: { message, side throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk(.little)
      let command = try walk.uint16()
      // NOP is answered by nothing, and zeros are anybody's.
      if command == 0 { return nil }
      try walk.skip(2)
      let session = try walk.uint32()
      let status = try walk.uint32()
      let context = try walk.uint64()
      try walk.skip(4)
      guard side == .server || status == 0 else { throw .wrong }
      var saying = Saying(
        part: side == .client ? .request : .response,
        what: "encapsulation header with command, length and session")
      saying.echo = context << 8 ^ UInt64(command) &* 0x0101
      saying.facts = [Fact(.method, Encapsulation.names[command] ?? "")]
      if session != 0 { saying.facts.append(Fact(.session, "0x" + String(session, radix: 16))) }
      // A list is asked for without data; the session is the server's to choose.
      if side == .client, command < 0x65, command > 0 {
        guard walk.remaining == 0 else { throw .wrong }
      }
      if side == .server, status == 0, command > 0, command < 0x65 {
        guard walk.remaining > 0 else { throw .wrong }
      }
      if command == 0x65, status == 0 {
        guard (session == 0) == (side == .client) else { throw .wrong }
      }
      if command == 0x65 {
        guard walk.remaining == 4, try walk.uint16() == 1 else { throw .wrong }
        saying.isSufficient = true
      }
      if command == 0x6f || command == 0x70, status == 0, session != 0 {
        saying.isSufficientTwice = try Encapsulation.areItems(walk, command)
      }
      guard side == .server, walk.remaining > 6 else { return saying }
      try Encapsulation.readItems(walk, command, &saying)
      return saying
    })
}

private enum Encapsulation {
  static let names: [UInt16: String] = [
    0x0000: "NOP", 0x0001: "ListTargets", 0x0004: "ListServices", 0x0063: "ListIdentity",
    0x0064: "ListInterfaces", 0x0065: "RegisterSession", 0x0066: "UnRegisterSession",
    0x006f: "SendRRData", 0x0070: "SendUnitData", 0x0072: "IndicateStatus", 0x0073: "Cancel",
  ]

  /// Whether a message router's or connection's data follows: interface 0, a timeout, then an address and a data item that
  /// fill the packet.
  static func areItems(_ body: ByteWalk, _ command: UInt16) throws(Misfit) -> Bool {
    var walk = body
    guard try walk.uint32() == 0 else { throw .wrong }
    try walk.skip(2)
    guard try walk.uint16() == 2 else { return false }
    guard (command == 0x6f ? [0x00, 0xa1] : [0xa1]).contains(try walk.uint16()) else {
      return false
    }
    try walk.skip(Int(try walk.uint16()))
    guard (command == 0x6f ? [0xb2, 0xb1] : [0xb1]).contains(try walk.uint16()) else {
      return false
    }
    return Int(try walk.uint16()) == walk.remaining
  }

  /// The items of an answer; an identity names the product, a service `Communications`.
  static func readItems(_ body: ByteWalk, _ command: UInt16, _ saying: inout Saying) throws(Misfit)
  {
    guard command < 0x65 else { return }
    var walk = body
    let count = try walk.uint16()
    guard count <= 32 else { throw .wrong }
    for _ in 0..<count {
      let type = try walk.uint16()
      var item = try walk.walk(Int(try walk.uint16()))
      if type == 0x0c {
        try item.skip(32)
        let name = try item.take(Int(try item.uint8()))
        guard name.isWritten else { throw .wrong }
        saying.facts.append(Fact(.server, name))
      }
      saying.isSufficient = type == 0x0c || type == 0x0100
    }
    guard walk.remaining == 0 else { throw .wrong }
  }
}
