import Flows

/// What a PostgreSQL server answered.
struct PostgreSQLServer {
  private(set) var isWrong = false
  /// Whether the answer fits what the client asked.
  private(set) var isSure = false
  /// Whether the answer says enough without the client.
  private(set) var isStrong = false
  /// Bytes of the first answer.
  private(set) var opening = 0
  /// Whether a request for encryption was granted.
  private(set) var upgrades = false
  private(set) var parameters: [String: String] = [:]
  /// Name of the authentication that the server asks for.
  private(set) var authentication: String?
  private(set) var error: ArraySlice<UInt8>?

  init(_ side: SideBytes, after client: PostgreSQLClient) {
    guard !side.bytes.isEmpty else { return }
    var walk = ByteWalk(side.bytes)
    for request in client.requests {
      guard let answer = walk.peek() else { return }
      // An old server does not know the request and sends an error, or an error follows a refusal.
      if answer == UInt8(ascii: "E") { break }
      let yes = UInt8(ascii: request == 80_877_104 ? "G" : "S")
      guard answer == yes || answer == UInt8(ascii: "N") else {
        isWrong = true
        return
      }
      try? walk.skip(1)
      opening += 1
      isSure = true
      upgrades = answer == yes
      guard upgrades else { continue }
      // TLS records follow, or a token of GSSAPI behind its length.
      isWrong = walk.peek().map { yes == 0x53 ? !(0x14...0x17).contains($0) : $0 != 0 } ?? false
      return
    }
    // A refusal of encryption, where the request was not captured: one byte in front of the first message.
    if client.requests.isEmpty, walk.peek() == UInt8(ascii: "N"),
      walk.peek(1).map({ Array("REv".utf8).contains($0) }) ?? false
    {
      try? walk.skip(1)
      opening += 1
    }
    guard walk.remaining > 0 else { return }
    if client.isSure, walk.peek() == UInt8(ascii: "E"), let next = walk.peek(1), next != 0 {
      readOldError(&walk)
    } else {
      readMessages(&walk, isFirst: client.isSure || side.beginsAtStart)
    }
  }

  /// The error of protocol 2.0, with which any release may refuse a version: `E`, then text up to a NUL.
  private mutating func readOldError(_ walk: inout ByteWalk) {
    do throws(Misfit) {
      try walk.skip(1)
      let text = try walk.terminated()
      // Severity and text between them (`FATAL:  unsupported frontend protocol`), and nothing behind.
      guard text.isWritten, text.contains(UInt8(ascii: ":")), walk.remaining == 0 else {
        throw .wrong
      }
      error = text
      isSure = true
      opening = walk.offset
    } catch {
      isWrong = error == .wrong
    }
  }

  private mutating func readMessages(_ walk: inout ByteWalk, isFirst: Bool) {
    let start = walk.offset
    let run = PostgreSQLMessages(&walk, types: Array("123ACDEGHIKNRSTVWZcdnstv".utf8))
    guard !run.isWrong else {
      isWrong = true
      return
    }
    guard let first = run.messages.first else { return }
    for message in run.messages where !read(message.type, message.body) {
      isWrong = true
      return
    }
    // The first message of a server is about authentication, an error, a notice or the version.
    if isFirst, !Array("RENv".utf8).contains(first.type) {
      isWrong = true
      return
    }
    isSure = true
    opening += 5 + first.body.count + (start - opening)
    let isReady = run.messages.count >= 3 && run.messages.contains { $0.type == UInt8(ascii: "Z") }
    isStrong = isReady || error != nil || authentication != nil
  }

  /// Whether a message is sound.
  private mutating func read(_ type: UInt8, _ body: ArraySlice<UInt8>) -> Bool {
    var walk = ByteWalk(body)
    switch type {
    case UInt8(ascii: "R"): return (try? readAuthentication(&walk)) != nil
    case UInt8(ascii: "E"), UInt8(ascii: "N"):
      guard let fields = try? Self.fields(&walk) else { return false }
      if type == UInt8(ascii: "E"), error == nil { error = fields[UInt8(ascii: "M")] }
      return true
    case UInt8(ascii: "S"):
      guard let key = try? walk.terminated(), let value = try? walk.terminated(),
        walk.remaining == 0,
        key.isIdentifier
      else { return false }
      if parameters.count < 32 {
        parameters[String(decoding: key, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
      }
      return true
    case UInt8(ascii: "Z"):
      return body.count == 1 && body.allSatisfy { Array("ITE".utf8).contains($0) }
    case UInt8(ascii: "K"): return (8...260).contains(body.count)
    case UInt8(ascii: "C"): return body.last == 0 && body.dropLast().isGraphic
    case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "I"),
      UInt8(ascii: "n"),
      UInt8(ascii: "s"), UInt8(ascii: "c"):
      return body.isEmpty
    default: return true
    }
  }

  private mutating func readAuthentication(_ walk: inout ByteWalk) throws(Misfit) {
    let code = try walk.uint32()
    let name: String
    switch (code, walk.remaining) {
    case (0, 0): name = "ok"
    case (2, 0): name = "kerberos"
    case (3, 0): name = "password"
    case (5, 4): name = "md5"
    case (6, 0): name = "scm"
    case (7, 0): name = "gss"
    case (8, _): name = "gss continue"
    case (9, 0): name = "sspi"
    case (10, 2...):
      name = "sasl"
      while walk.remaining > 1 {
        let mechanism = try walk.terminated()
        guard !mechanism.isEmpty, mechanism.isGraphic else { throw .wrong }
      }
      try walk.expect([0])
    case (11, _): name = "sasl continue"
    case (12, _): name = "sasl final"
    case (4, 2): name = "crypt"
    default: throw .wrong
    }
    authentication = authentication ?? name
  }

  /// The fields of an error or a notice, each a letter and a text.
  private static func fields(_ walk: inout ByteWalk) throws(Misfit) -> [UInt8: ArraySlice<UInt8>] {
    var fields: [UInt8: ArraySlice<UInt8>] = [:]
    while true {
      let letter = try walk.uint8()
      if letter == 0 { break }
      guard (0x41...0x5a).contains(letter & 0xdf), fields[letter] == nil else { throw .wrong }
      fields[letter] = try walk.terminated(most: 16_384)
    }
    // Severity, code and message are always there.
    let required = Array("SCM".utf8)
    guard walk.remaining == 0, required.allSatisfy({ fields[$0] != nil }), fields[0x43]?.count == 5
    else { throw .wrong }
    return fields
  }
}
