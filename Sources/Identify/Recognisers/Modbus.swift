import Flows
import Packets

extension Recogniser {
  /// Modbus on TCP: a header of transaction, protocol 0, length and unit, then a function with its data.
  static let modbus = Recogniser(
    name: "modbus", title: "Modbus/TCP",
    specification: "Modbus Messaging on TCP/IP Implementation Guide 1.0b, section 3.1.3",
    transports: [.tcp, .udp], basis: [.built, .corpus], tolerated: 2,
    // Who writes one value hears it back (Modbus Application Protocol 1.1b3, sections 6.5, 6.6, 6.8 and 6.16).
    answersMayRepeat: true,
    length: { walk, _ throws(Misfit) in
      try walk.skip(2)
      try walk.expect([0, 0])
      let length = Int(try walk.uint16())
      guard (3...260).contains(length) else { throw .wrong }
      return length + 6
    },
    read: { message, side throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      let transaction = try walk.uint16()
      try walk.skip(4)
      let unit = try walk.uint8()
      let code = try walk.uint8()
      guard
        side == .client
          ? try Modbus.isRequest(code, walk) : try Modbus.isResponse(code, walk)
      else { throw .wrong }
      var saying = Saying(
        part: side == .client ? .request : .response, what: "application data unit")
      saying.echo =
        UInt64(transaction) << 16 | UInt64(unit) << 8 | UInt64(code & 0x7f)
      // One side of a connection: units whose numbers differ and whose data have the length of their function.
      saying.isSufficientTwice = [1, 2, 3, 4, 5, 6, 15, 16].contains(code)
      if side == .client {
        saying.facts = [Fact(.method, "function \(code)"), Fact(.session, "unit \(unit)")]
      } else if code & 0x80 != 0, let reason = walk.peek() {
        saying.facts = [Fact(.error, "exception \(reason)")]
      }
      return saying
    })
}

/// What the data of each function must look like (Modbus Application Protocol 1.1b3, section 6).
private enum Modbus {
  static func isRequest(_ code: UInt8, _ walk: ByteWalk) throws(Misfit) -> Bool {
    var walk = walk
    let length = walk.remaining
    switch code {
    case 1, 2:
      // A quantity of 0 is answered with an exception, but it is asked for.
      guard length == 4 else { return false }
      try walk.skip(2)
      return (0...2000).contains(try walk.uint16())
    case 3, 4:
      guard length == 4 else { return false }
      try walk.skip(2)
      return (0...125).contains(try walk.uint16())
    // Function 0 there is not: testers send it to be refused.
    case 0: return length == 4
    case 5: return length == 4 && walk.bytes.last == 0
    case 6: return length == 4
    case 7, 11, 12, 17: return length == 0
    case 8: return length >= 4
    case 15, 16:
      try walk.skip(4)
      return Int(try walk.uint8()) == walk.remaining
    case 20, 21: return Int(try walk.uint8()) == walk.remaining
    case 22: return length == 6
    case 23:
      try walk.skip(8)
      return Int(try walk.uint8()) == walk.remaining
    case 24: return length == 2
    case 43: return (13...14).contains(try walk.uint8())
    case 9, 10, 13, 14, 18, 19, 65...72, 90, 91, 100...110, 125...127: return true
    default: return false
    }
  }

  static func isResponse(_ code: UInt8, _ walk: ByteWalk) throws(Misfit) -> Bool {
    var walk = walk
    let length = walk.remaining
    if code & 0x80 != 0 {
      guard length == 1 else { return false }
      return (1...11).contains(try walk.uint8())
    }
    switch code {
    case 1, 2, 3, 4, 12, 17, 20, 21, 23: return Int(try walk.uint8()) == walk.remaining
    case 5, 6, 15, 16, 11: return length == 4
    case 7: return length == 1
    case 8: return length >= 4
    case 22: return length == 6
    case 24: return Int(try walk.uint16()) == walk.remaining
    case 43: return (13...14).contains(try walk.uint8())
    case 9, 10, 13, 14, 18, 19, 65...72, 90, 91, 100...110, 125...127: return true
    default: return false
    }
  }
}
