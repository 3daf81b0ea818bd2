/// What eMule and its servers send in datagrams: a protocol byte, an operation, and a content of a length that the
/// operation gives.
enum EDonkeyDatagram {
  /// Reads one; nil when it says nothing by itself.
  static func read(_ message: MessageRun.Message) throws(Misfit) -> Saying? {
    guard message.isWhole else { return nil }
    var walk = message.walk(.little)
    let family = try walk.uint8()
    let operation = try walk.uint8()
    switch family {
    case 0xe4: return try kademlia(operation, &walk)
    case 0xe5:
      // Packed by zlib.
      guard try walk.uint8() == 0x78, [0x01, 0x5e, 0x9c, 0xda].contains(try walk.uint8()) else {
        throw .wrong
      }
      return nil
    case 0xe3: return try server(operation, &walk)
    case 0xc5:
      guard (0x90...0x95).contains(operation) else { throw .wrong }
      guard operation == 0x90, walk.remaining >= 16 else { return nil }
      return Saying(part: .either, what: "question for a file by its hash")
    default: throw .wrong
    }
  }

  /// Messages of Kademlia (eMule's Opcodes.h, KADEMLIA_ and KADEMLIA2_).
  private static func kademlia(_ operation: UInt8, _ walk: inout ByteWalk) throws(Misfit) -> Saying?
  {
    var saying = Saying(what: "Kademlia message of the length that its operation has")
    saying.facts = [Fact(.method, "Kademlia 0x" + String(operation, radix: 16))]
    switch operation {
    // Bootstrap, ping, pong, firewall checks: too short to tell.
    case 0x01, 0x60: guard walk.remaining == 0 else { throw .wrong }
    case 0x50, 0x61: guard walk.remaining == 2 else { throw .wrong }
    case 0x58: guard walk.remaining == 4 else { throw .wrong }
    case 0x51, 0x52, 0x53, 0x59, 0x5a, 0x62: guard walk.remaining <= 64 else { throw .wrong }
    case 0x00, 0x10, 0x18: guard walk.remaining == 25 else { throw .wrong }
    case 0x08: guard walk.remaining % 25 == 2 else { throw .wrong }
    case 0x09:
      try walk.skip(19)
      guard Int(try walk.uint16()) * 25 == walk.remaining else { throw .wrong }
      saying.isSufficient = walk.remaining >= 50
    case 0x11, 0x19:
      // Who it is, port, version, tags.
      try walk.skip(18)
      guard (1...16).contains(try walk.uint8()) else { throw .wrong }
      let tags = try walk.uint8()
      guard tags == 0 ? walk.remaining == 0 : tags < 16 && walk.remaining >= Int(tags) * 3 else {
        throw .wrong
      }
      saying.isSufficientTwice = true
    case 0x20, 0x21:
      // How many contacts are wanted, for which target, of whom.
      guard walk.remaining == 33, [2, 4, 11].contains(try walk.uint8() & 0x1f) else {
        throw .wrong
      }
      saying.echo = try walk.uint64()
      saying.isSufficientTwice = true
    case 0x28, 0x29:
      let target = try walk.uint64()
      try walk.skip(8)
      guard Int(try walk.uint8()) * 25 == walk.remaining else { throw .wrong }
      saying.echo = target
      saying.isSufficient = walk.remaining >= 50
    case 0x33, 0x34, 0x35, 0x30:
      guard walk.remaining >= 18 else { throw .wrong }
      saying.echo = try walk.uint64()
    case 0x3b:
      try walk.skip(16)
      saying.echo = try walk.uint64()
      try walk.skip(8)
      guard try walk.uint16() <= 300 else { throw .wrong }
    case 0x43, 0x44, 0x45, 0x40:
      guard walk.remaining >= 34 else { throw .wrong }
      saying.echo = try walk.uint64()
    case 0x4b, 0x48:
      guard (17...18).contains(walk.remaining) else { throw .wrong }
      saying.echo = try walk.uint64()
    default: throw .wrong
    }
    return saying
  }

  /// Questions to servers and their answers.
  private static func server(_ operation: UInt8, _ walk: inout ByteWalk) throws(Misfit) -> Saying? {
    var saying = Saying(what: "question to a server, of the length that its operation has")
    switch operation {
    case 0x96:
      guard walk.remaining == 4 else { throw .wrong }
      saying.part = .request
      saying.echo = UInt64(try walk.uint32())
    case 0x97:
      guard walk.remaining >= 12 else { throw .wrong }
      saying.part = .response
      saying.echo = UInt64(try walk.uint32())
      saying.facts = [Fact(.status, "\(try walk.uint32()) users")]
    case 0x9a, 0x94:
      guard walk.remaining > 0, walk.remaining % (operation == 0x9a ? 16 : 20) == 0 else {
        throw .wrong
      }
      saying.part = .request
      saying.echo = try walk.uint64()
    case 0x9b:
      saying.part = .response
      saying.echo = try walk.uint64()
      try walk.skip(8)
      guard Int(try walk.uint8()) * 6 <= walk.remaining else { throw .wrong }
    case 0x90, 0x92, 0x98, 0x99, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4: return nil
    default: throw .wrong
    }
    return saying
  }
}
