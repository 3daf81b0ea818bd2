import Flows

/// What a MySQL server said first.
struct MySQLServer {
  private(set) var isWrong = false
  /// Version in the greeting.
  private(set) var version: ArraySlice<UInt8>?
  /// Text with which the server refused at once instead of a greeting.
  private(set) var refusal: ArraySlice<UInt8>?
  /// Text of an error after the greeting.
  private(set) var error: ArraySlice<UInt8>?
  /// Bytes of the greeting.
  private(set) var opening = 0
  /// Whether the packets look like the answer to a command, for a flow whose start was missed.
  private(set) var isResult = false
  /// Whether columns are described, which says enough without the command.
  private(set) var isTable = false
  /// Whether the first packet answers a log-on whose greeting was missed.
  private(set) var answersLogin = false

  /// Whether the version says MariaDB.
  var isMariaDB: Bool {
    version.map { String(decoding: $0, as: UTF8.self).contains("MariaDB") } ?? false
  }

  init(_ side: SideBytes) {
    guard !side.bytes.isEmpty else { return }
    let run = MySQLPackets(side.bytes[...])
    guard let first = run.packets.first else {
      isWrong = !Self.mayBegin(side.bytes)
      return
    }
    do throws(Misfit) {
      switch first.body.first {
      case 10 where first.sequence == 0: try readGreeting(first.body)
      case 255 where first.sequence <= 1:
        refusal = try Self.errorText(first.body)
      default:
        guard !side.beginsAtStart else { throw .wrong }
        try readResult(run)
        return
      }
      opening = first.body.count + 4
    } catch {
      isWrong = true
      return
    }
    for packet in run.packets.dropFirst() where packet.body.first == 255 && error == nil {
      error = try? Self.errorText(packet.body)
    }
  }

  /// Whether a packet that is not all there could be a greeting or an error.
  private static func mayBegin(_ bytes: [UInt8]) -> Bool {
    if bytes.count > 3, bytes[3] > 1 || bytes[1] > 3 || bytes[2] != 0 { return false }
    guard bytes.count > 4 else { return true }
    if bytes[4] == 255 { return true }
    let version = bytes.dropFirst(5).prefix { $0 != 0 }
    return bytes[4] == 10 && version.isGraphic && version.count < 128
  }

  /// HandshakeV10.
  private mutating func readGreeting(_ body: ArraySlice<UInt8>) throws(Misfit) {
    var walk = ByteWalk(body, .little)
    try walk.skip(1)
    let version = try walk.terminated(most: 128)
    guard let digit = version.first, (0x30...0x39).contains(digit), version.isGraphic,
      version.contains(0x2e)
    else { throw .wrong }
    try walk.skip(12)
    try walk.expect([0])
    let low = UInt32(try walk.uint16())
    if walk.remaining > 0 {
      try walk.skip(3)
      let capabilities = low | UInt32(try walk.uint16()) << 16
      let challenge = try walk.uint8()
      let reserved = try walk.take(10)
      // MariaDB keeps four bytes of its own at the end of what is reserved.
      guard reserved.prefix(6).allSatisfy({ $0 == 0 }) else { throw .wrong }
      if capabilities & 0x8000 != 0, walk.remaining > 0 {
        let rest = max(13, Int(challenge) - 8)
        let end = try walk.take(min(rest, walk.remaining))
        guard end.last == 0 || rest > 13 else { throw .wrong }
      }
      if capabilities & 0x8_0000 != 0, walk.remaining > 0 {
        let plugin = walk.rest.prefix { $0 != 0 }
        guard plugin.isIdentifier, walk.remaining - plugin.count <= 1 else { throw .wrong }
      }
    }
    self.version = version
  }

  /// An ERR packet: number, since 4.1 a state behind `#`, text.
  private static func errorText(_ body: ArraySlice<UInt8>) throws(Misfit) -> ArraySlice<UInt8> {
    var walk = ByteWalk(body, .little)
    try walk.expect([255])
    guard (1000...9999).contains(try walk.uint16()) else { throw .wrong }
    if walk.peek() == UInt8(ascii: "#") {
      let state = try walk.take(6).dropFirst()
      guard state.isGraphic else { throw .wrong }
    }
    guard walk.remaining >= 8, walk.rest.isWritten else { throw .wrong }
    return walk.rest
  }

  /// The answer to a command whose connection was met under way: sequence numbers run from 1.
  private mutating func readResult(_ run: MySQLPackets) throws(Misfit) {
    var expected: UInt8 = 1
    var packets = run.packets[...]
    // OK, an error, or another method of authentication: the client's response had number 1.
    if let first = packets.first, (2...5).contains(first.sequence) {
      guard let kind = first.body.first, [0, 1, 254, 255].contains(kind),
        kind != 0 || first.body.count >= 7
      else { throw .wrong }
      if kind == 255 { error = try Self.errorText(first.body) }
      answersLogin = true
      packets = packets.dropFirst()
      while let next = packets.first, next.sequence > 2, next.sequence < 9 {
        packets = packets.dropFirst()
      }
    }
    for packet in packets {
      if packet.sequence == 1 { expected = 1 }
      guard packet.sequence == expected else { throw .wrong }
      expected &+= 1
      if expected == 2 {
        // A count of columns, OK or an error.
        guard let first = packet.body.first, first != 251, first != 254 else { throw .wrong }
        guard first == 255 || first == 0 ? packet.body.count >= 7 : packet.body.count <= 3 else {
          throw .wrong
        }
      } else if expected == 3, packet.body.first == 3 {
        // The first column's definition: the catalogue is always `def`.
        isTable = isTable || packet.body.dropFirst().starts(with: Array("def".utf8))
        isResult = isResult || isTable
      }
      if packet.sequence == 1, packet.body.first == 255 {
        error = try Self.errorText(packet.body)
        isResult = true
      }
      if packet.sequence == 1, packet.body.first == 0, packet.body.count == 7 { isResult = true }
    }
  }
}
