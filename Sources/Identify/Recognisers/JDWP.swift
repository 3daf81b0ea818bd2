import Flows
import Packets

extension Recogniser {
  /// Java's debugger: both sides say the same handshake, then commands and replies that repeat their number.
  static let jdwp = Recogniser(
    name: "jdwp", title: "Java Debug Wire Protocol",
    specification: "Java Platform, JDWP specification, handshake and packet format",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      var server = ByteWalk(conversation.server.bytes)
      try client.expect(handshake)
      try server.expect(handshake)
      var grounds = [
        Ground(.client, 0, handshake.count, "handshake"),
        Ground(.server, 0, handshake.count, "handshake"),
      ]
      let asked = try commands(&client, atMost: 17)
      let told = try replies(&server)
      guard let first = asked.first(where: { told.contains($0) }) else {
        return asked.isEmpty || told.isEmpty ? .undecided : .no
      }
      grounds.append(Ground(.client, handshake.count, 11, "command packet"))
      grounds.append(Ground(.server, handshake.count, 11, "reply with the command's number"))
      return .yes(
        Recognition(
          "jdwp", .proven, grounds: grounds, facts: [Fact(.session, String(first))]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static let handshake = Array("JDWP-Handshake".utf8)

  /// The numbers of the debugger's commands.
  private static func commands(
    _ walk: inout ByteWalk, atMost set: UInt8
  ) throws(Misfit) -> [UInt32] {
    var numbers: [UInt32] = []
    while walk.remaining >= 11, numbers.count < 16 {
      let length = try walk.count32(atMost: 1 << 24)
      let number = try walk.uint32()
      guard length >= 11, try walk.uint8() == 0, (1...set).contains(try walk.uint8()) else {
        throw .wrong
      }
      guard (1...21).contains(try walk.uint8()) else { throw .wrong }
      numbers.append(number)
      guard walk.remaining >= length - 11 else { break }
      try walk.skip(length - 11)
    }
    return numbers
  }

  /// The numbers that the virtual machine's replies repeat; its own events are passed.
  private static func replies(_ walk: inout ByteWalk) throws(Misfit) -> [UInt32] {
    var numbers: [UInt32] = []
    var packets = 0
    while walk.remaining >= 11, packets < 16 {
      packets += 1
      let length = try walk.count32(atMost: 1 << 24)
      let number = try walk.uint32()
      let flags = try walk.uint8()
      guard length >= 11 else { throw .wrong }
      if flags == 0x80 {
        guard try walk.uint16() < 1000 else { throw .wrong }
        numbers.append(number)
      } else {
        // Composite events: command set 64, command 100.
        guard flags == 0, try walk.uint16() == 0x4064 else { throw .wrong }
      }
      guard walk.remaining >= length - 11 else { break }
      try walk.skip(length - 11)
    }
    return numbers
  }
}
