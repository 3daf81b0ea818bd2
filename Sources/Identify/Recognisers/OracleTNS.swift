import Flows
import Packets

extension Recogniser {
  /// Oracle's transparent network substrate: packets of length, checksum, type and flags; a connect names the service.
  static let oracleTNS = Recogniser(
    name: "oracle-tns", title: "Oracle TNS",
    specification: "Oracle Net Services; TNS packet format as in the python-oracledb thin driver",
    transports: [.tcp], basis: [.built, .corpus], tolerated: 1,
    length: { walk, _ throws(Misfit) in
      let length = Int(try walk.uint16())
      let next = try walk.uint16()
      let type = try walk.uint8()
      guard (1...19).contains(type), try walk.uint8() & 0x10 == 0 else { throw .wrong }
      try walk.expect([0, 0])
      // Since protocol 315 the length of what follows the accept has four bytes.
      if length == 0, next > 8 { return Int(next) }
      guard length >= 8 else { throw .wrong }
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      let type = try walk.uint8()
      try walk.skip(3)
      var saying = Saying(what: "packet header with length, type and a checksum of 0")
      switch type {
      case 1:
        saying.part = .request
        try TNS.readConnect(&walk, message, &saying)
      case 2:
        saying.part = .response
        let version = try walk.uint16()
        guard (0x0100...0x01ff).contains(version) else { throw .wrong }
        saying.facts.append(Fact(.version, "\(version)"))
      case 4, 5:
        saying.part = .response
        try walk.skip(type == 4 ? 2 : 0)
        let length = Int(try walk.uint16())
        let text = try walk.take(min(length, walk.remaining))
        guard text.isGraphic || type == 5 else { throw .wrong }
        if type == 4 { saying.facts.append(Fact(.error, text)) }
        saying.isSufficient = length > 8 && text.first == 0x28
      case 11:
        saying.part = .response
        guard message.bytes.count == 8 else { throw .wrong }
      // What is carried then is told by nothing.
      default: return nil
      }
      return saying
    })
}

private enum TNS {
  /// A connect: versions and sizes, then where the descriptor stands and how long it is.
  static func readConnect(
    _ walk: inout ByteWalk, _ message: MessageRun.Message, _ saying: inout Saying
  ) throws(Misfit) {
    let version = try walk.uint16()
    let compatible = try walk.uint16()
    guard (0x0100...0x01ff).contains(version), (0x0080...0x01ff).contains(compatible) else {
      throw .wrong
    }
    try walk.skip(12)
    let length = Int(try walk.uint16())
    let offset = Int(try walk.uint16())
    guard offset >= 26 else { throw .wrong }
    // A long descriptor comes in the packet that follows.
    guard offset + length <= message.bytes.count else {
      saying.isSufficient = true
      return
    }
    let text = message.bytes.dropFirst(offset).prefix(length)
    guard text.isWritten, text.first == 0x28 else { throw .wrong }
    saying.isSufficient = true
    let fields: [(String, Field)] = [
      ("SERVICE_NAME=", .database), ("SID=", .database), ("PROGRAM=", .userAgent), ("USER=", .user),
      ("HOST=", .host),
    ]
    for (key, field) in fields where !saying.facts.contains(where: { $0.field == field }) {
      if let value = value(of: key, in: text) { saying.facts.append(Fact(field, value)) }
    }
  }

  /// What stands behind `KEY=` up to the closing parenthesis.
  private static func value(of key: String, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let start = text.firstIndex(ofRun: Array(("(" + key).utf8), within: text.count) else {
      return nil
    }
    let value = text[(start + key.utf8.count + 1)...].prefix { $0 != 0x29 && $0 != 0x28 }
    return value.isEmpty ? nil : value
  }
}
