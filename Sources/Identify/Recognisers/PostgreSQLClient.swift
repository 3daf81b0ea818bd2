import Flows

/// What a PostgreSQL client said first.
struct PostgreSQLClient {
  private(set) var isWrong = false
  /// Whether the start-up packet says enough by itself.
  private(set) var isSure = false
  /// Bytes of the packets without type, and where the last of them begins.
  private(set) var opening = 0
  private(set) var lastOpening = 0
  /// Asks for encryption, in turn.
  private(set) var requests: [UInt32] = []
  private(set) var version: String?
  private(set) var parameters: [String: ArraySlice<UInt8>] = [:]
  /// Text of the first simple query or parse message.
  private(set) var query: ArraySlice<UInt8>?
  /// Whether typed messages follow each other.
  private(set) var hasCommand = false

  /// Whether it asks for GSSAPI encryption.
  var asksForGSS: Bool { requests.first == Self.gss }

  private static let tls: UInt32 = 80_877_103
  private static let gss: UInt32 = 80_877_104
  private static let cancel: UInt32 = 80_877_102

  init(_ side: SideBytes) {
    var walk = ByteWalk(side.bytes)
    do throws(Misfit) {
      if side.beginsAtStart || walk.peek() == 0 {
        try readOpening(&walk)
        opening = walk.offset
      }
      readCommands(&walk)
    } catch {
      isWrong = error == .wrong
      opening = side.bytes.count
    }
  }

  private mutating func readOpening(_ walk: inout ByteWalk) throws(Misfit) {
    for _ in 0..<3 {
      guard walk.remaining > 0 else { return }
      // Behind a request for encryption that was granted, there is something else than PostgreSQL.
      if !requests.isEmpty, walk.peek() != 0 { return }
      lastOpening = walk.offset
      let length = Int(try walk.uint32())
      guard (8...10_000).contains(length) else { throw .wrong }
      let code = try walk.uint32()
      switch (code, length) {
      case (Self.tls, 8), (Self.gss, 8):
        requests.append(code)
        isSure = true
      case (Self.cancel, 16...268):
        try walk.skip(length - 8)
        isSure = true
        return
      case (0x0002_0000, 296):
        let body = try walk.take(288)
        guard let database = body.prefix(64).firstIndex(of: 0),
          let user = body.dropFirst(64).prefix(32).firstIndex(of: 0)
        else { throw .wrong }
        let names = [body[..<database], body.dropFirst(64)[..<user]]
        guard names.allSatisfy(\.isWritten), !names[1].isEmpty else { throw .wrong }
        (parameters["database"], parameters["user"]) = (names[0], names[1])
        version = "2.0"
        isSure = true
        return
      case (0x0003_0000...0x0003_270f, 9...):
        try readParameters(try walk.walk(length - 8))
        version = "3.\(code & 0xffff)"
        isSure = true
        return
      default:
        // Behind a granted request for GSSAPI come its tokens, each behind its length.
        guard asksForGSS else { throw .wrong }
        return
      }
    }
    throw .wrong
  }

  private mutating func readParameters(_ body: ByteWalk) throws(Misfit) {
    var body = body
    do throws(Misfit) {
      while body.peek() != 0 {
        let key = try body.terminated()
        let value = try body.terminated()
        guard key.isIdentifier, value.isWritten else { throw .wrong }
        if parameters.count < 32 { parameters[String(decoding: key, as: UTF8.self)] = value }
      }
      try body.skip(1)
    } catch {
      throw .wrong
    }
    // The user is the only parameter that must be there.
    guard body.remaining == 0, parameters["user"] != nil else { throw .wrong }
  }

  private mutating func readCommands(_ walk: inout ByteWalk) {
    let whole = PostgreSQLMessages(&walk, types: Array("BCDEFHPQSXcdfp".utf8))
    for message in whole.messages
    where message.type == UInt8(ascii: "Q") || message.type == UInt8(ascii: "P") {
      guard query == nil else { break }
      var body = ByteWalk(message.body)
      if message.type == UInt8(ascii: "P"), (try? body.terminated()) == nil { continue }
      if let text = try? body.terminated(most: 16_384), text.isWritten { query = text }
    }
    hasCommand = !whole.messages.isEmpty
  }
}

/// Messages with a type byte and a length that counts itself.
struct PostgreSQLMessages {
  private(set) var messages: [(type: UInt8, body: ArraySlice<UInt8>)] = []
  /// Whether something followed that was none.
  private(set) var isWrong = false

  /// Reads messages of these types until the bytes end or are none.
  init(_ walk: inout ByteWalk, types: [UInt8], most: Int = 64) {
    do throws(Misfit) {
      while walk.remaining > 0, messages.count < most {
        let type = try walk.uint8()
        guard types.contains(type) else { throw .wrong }
        let length = try walk.count32(atMost: 1 << 30)
        guard length >= 4 else { throw .wrong }
        messages.append((type, try walk.take(length - 4)))
      }
    } catch {
      isWrong = error == .wrong
    }
  }
}
