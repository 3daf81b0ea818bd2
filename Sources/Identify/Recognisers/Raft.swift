import Flows
import Packets

extension Recogniser {
  /// Raft as the C library of dqlite speaks it: a handshake with the server's number and address, then messages in words
  /// of eight bytes, type and header length first.
  static let raft = Recogniser(
    name: "raft", title: "Raft (Canonical's C library)",
    specification: "canonical/raft source, src/uv_encoding.c and uv_tcp_connect.c",
    transports: [.tcp], basis: [.built, .corpus], tolerated: 3,
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let isHandshake = Raft.isHandshake(walk)
      let type = try walk.uint64()
      let second = try walk.uint64()
      if isHandshake { return 24 + Int(try walk.uint64()) }
      guard (1...6).contains(type), second >= 16, second % 8 == 0, second <= 1 << 20 else {
        throw .wrong
      }
      let header = Int(second)
      guard type == 1 || type == 5 || header <= 64 else { throw .wrong }
      guard type == 1 else { return 16 + header }
      return 16 + header + (try Raft.payload(&walk, header: header))
    },
    read: { message, _ throws(Misfit) in
      let walk = message.walk(.little)
      if Raft.isHandshake(walk) {
        guard let address = Raft.address(walk) else { throw .wrong }
        return Saying(
          part: .request, facts: [Fact(.host, address)],
          what: "handshake with a server's number and address")
      }
      // One handshake opens a connection on which one server speaks; a message behind it is enough.
      return Saying(
        part: .request, isSufficient: message.offset > 0 && message.isWhole,
        isOneWay: true, what: "message of words of eight bytes with type and header length")
    })
}

private enum Raft {
  /// Version 1, a server's number, and an address padded with zeros to whole words.
  static func isHandshake(_ start: ByteWalk) -> Bool {
    var walk = start
    walk.order = .little
    guard (try? walk.uint64()) == 1, (try? walk.uint64()) != nil, let length = try? walk.uint64(),
      (8...64).contains(length), length % 8 == 0
    else { return false }
    let text = walk.rest.prefix(Int(length))
    return !text.isEmpty && text.first.map { (0x21...0x7e).contains($0) } == true
      && text.drop { $0 != 0 }.allSatisfy { $0 == 0 } && text.contains(UInt8(ascii: ":"))
  }

  static func address(_ start: ByteWalk) -> ArraySlice<UInt8>? {
    var walk = start
    guard (try? walk.skip(24)) != nil else { return nil }
    let text = walk.rest.prefix { $0 != 0 }
    return text.isGraphic ? text : nil
  }

  /// The bytes of the entries behind an AppendEntries header: term, index, term, commit, count, then each entry's term,
  /// type and size, and a word at the end.
  static func payload(_ walk: inout ByteWalk, header: Int) throws(Misfit) -> Int {
    try walk.skip(32)
    let count = Int(truncatingIfNeeded: try walk.uint64())
    guard (0...4096).contains(count), header == 48 + 16 * count || header == 40 + 16 * count else {
      throw .wrong
    }
    var sum = 0
    for _ in 0..<count {
      try walk.skip(8)
      guard (1...3).contains(try walk.uint8()) else { throw .wrong }
      try walk.expect([0, 0, 0])
      sum += try walk.count32(atMost: 1 << 24)
    }
    return sum
  }
}
