import Flows

/// What a MySQL client said first.
struct MySQLClient {
  private(set) var isWrong = false
  /// Whether a handshake response, or the request for TLS in its place, was there.
  private(set) var isLogin = false
  /// Whether it was the response of 4.1 and later, which says enough by itself.
  private(set) var isStrong = false
  private(set) var user: ArraySlice<UInt8>?
  private(set) var database: ArraySlice<UInt8>?
  /// The connector or program as the attributes call it.
  private(set) var program: ArraySlice<UInt8>?
  /// Text of the first query.
  private(set) var command: ArraySlice<UInt8>?
  /// Bytes of the response.
  private(set) var opening = 0
  /// Whether TLS follows.
  private(set) var upgrades = false

  private enum Capability {
    static let database: UInt32 = 0x8
    static let protocol41: UInt32 = 0x200
    static let tls: UInt32 = 0x800
    static let secureConnection: UInt32 = 0x8000
    static let plugin: UInt32 = 0x8_0000
    static let attributes: UInt32 = 0x10_0000
    static let longAuthentication: UInt32 = 0x20_0000
  }

  init(_ side: SideBytes) {
    guard !side.bytes.isEmpty else { return }
    let run = MySQLPackets(side.bytes[...])
    if let first = run.packets.first, first.sequence == 1 {
      do throws(Misfit) {
        try readResponse(first.body)
        isLogin = true
        opening = first.body.count + 4
      } catch {
        isWrong = true
        return
      }
    }
    // COM_QUERY begins anew with sequence number 0.
    for packet in run.packets where packet.sequence == 0 && packet.body.first == 3 {
      let text = packet.body.dropFirst()
      guard command == nil, !upgrades, text.count > 4, text.isWritten else { continue }
      command = text
    }
  }

  private mutating func readResponse(_ body: ArraySlice<UInt8>) throws(Misfit) {
    var walk = ByteWalk(body, .little)
    let low = UInt32(try walk.uint16())
    guard low & Capability.protocol41 != 0 else {
      try readOldResponse(&walk, low)
      return
    }
    let capabilities = low | UInt32(try walk.uint16()) << 16
    try walk.skip(5)
    guard try walk.take(19).allSatisfy({ $0 == 0 }) else { throw .wrong }
    try walk.skip(4)
    isStrong = true
    if walk.remaining == 0 {
      guard capabilities & Capability.tls != 0 else { throw .wrong }
      upgrades = true
      return
    }
    let user = try walk.terminated(most: 512)
    guard user.isWritten else { throw .wrong }
    self.user = user
    if capabilities & Capability.longAuthentication != 0 {
      try walk.skip(try Self.length(&walk))
    } else if capabilities & Capability.secureConnection != 0 {
      try walk.skip(Int(try walk.uint8()))
    } else {
      _ = try walk.terminated()
    }
    do throws(Misfit) { try readOptions(&walk, capabilities) } catch {}
  }

  /// What follows the password; clients differ in how they end it.
  private mutating func readOptions(_ walk: inout ByteWalk, _ capabilities: UInt32) throws(Misfit) {
    if capabilities & Capability.database != 0, walk.remaining > 0 {
      let name = try walk.terminated(most: 512)
      guard name.isWritten else { throw .wrong }
      if !name.isEmpty { database = name }
    }
    if capabilities & Capability.plugin != 0, walk.remaining > 0 {
      guard try walk.terminated(most: 256).isGraphic else { throw .wrong }
    }
    guard capabilities & Capability.attributes != 0, walk.remaining > 0 else { return }
    var attributes = try walk.walk(try Self.length(&walk))
    for _ in 0..<64 where attributes.remaining > 0 {
      let key = try attributes.take(try Self.length(&attributes))
      let value = try attributes.take(try Self.length(&attributes))
      let name = String(decoding: key, as: UTF8.self)
      if name == "program_name" || name == "_client_name" && program == nil, value.isWritten {
        program = value
      }
    }
  }

  /// HandshakeResponse320.
  private mutating func readOldResponse(_ walk: inout ByteWalk, _ capabilities: UInt32)
    throws(Misfit)
  {
    try walk.skip(3)
    if walk.remaining == 0 {
      guard capabilities & Capability.tls != 0 else { throw .wrong }
      upgrades = true
      return
    }
    let user = try walk.terminated(most: 64)
    guard user.isWritten, !user.isEmpty else { throw .wrong }
    self.user = user
    // The scramble is eight bytes, with or without a NUL behind it.
    let scramble = walk.rest.prefix { $0 != 0 }
    guard scramble.count <= 8 || capabilities & Capability.database != 0, walk.remaining <= 300
    else {
      throw .wrong
    }
  }

  /// An integer whose first byte tells how long it is.
  private static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    switch try walk.uint8() {
    case let byte where byte < 251: Int(byte)
    case 252: Int(try walk.uint16())
    case 253: Int(try walk.uint24())
    default: throw .wrong
    }
  }
}
