import Flows
import Packets

extension Recogniser {
  /// Tabular data stream of SQL Server and Sybase: packets of type, status, length, process, number and window.
  static let mssqlTDS = Recogniser(
    name: "mssql-tds", title: "SQL Server or Sybase TDS",
    specification: "MS-TDS section 2.2.3; Sybase TDS 5.0",
    transports: [.tcp], basis: [.built, .corpus], tolerated: 1,
    length: { walk, _ throws(Misfit) in
      let type = try walk.uint8()
      guard [1, 2, 3, 4, 6, 7, 14, 15, 16, 17, 18, 23].contains(type), try walk.uint8() < 0x20
      else {
        throw .wrong
      }
      let length = Int(try walk.uint16())
      guard (8...32_768).contains(length) else { throw .wrong }
      try walk.skip(3)
      // The window is not used.
      try walk.expect([0])
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let type = try walk.uint8()
      try walk.skip(7)
      let isAnswer = type == 4
      guard isAnswer == (side == .server) || type == 18 || type == 17 else { throw .wrong }
      var saying = Saying(
        part: side == .client ? .request : .response,
        what: "packet header with type, status and the length of its message")
      switch type {
      case 18 where walk.peek() == 0x16: saying.facts = [Fact(.upgrade, "tls")]
      case 18: try TDS.readOptions(walk, &saying)
      case 16: try TDS.readLogin(walk, &saying)
      case 2: try TDS.readOldLogin(walk, &saying)
      case 4: try TDS.readAnswer(walk, &saying)
      case 1, 3, 14: guard try TDS.readBatch(walk, type, &saying) else { return nil }
      case 17:
        let marks: [[UInt8]] = [Array("NTLMSSP".utf8), [0x60], [0xa1], [0x6e]]
        guard marks.contains(where: { walk.rest.starts(with: $0) }) else { throw .wrong }
      // The others show nothing by themselves.
      default: return nil
      }
      return saying
    })
}

private enum TDS {
  /// PRELOGIN: options with offset and length up to 0xff; the version is the first.
  static func readOptions(_ body: ByteWalk, _ saying: inout Saying) throws(Misfit) {
    var walk = body
    var end = 0
    while true {
      let token = try walk.uint8()
      if token == 0xff { break }
      let offset = Int(try walk.uint16())
      let length = Int(try walk.uint16())
      guard token <= 8, offset >= 6, offset >= end else { throw .wrong }
      end = offset + length
      if token == 0 {
        guard length == 6 else { throw .wrong }
        var version = body
        try version.skip(offset)
        let major = try version.uint8()
        let minor = try version.uint8()
        let build = try version.uint16()
        let field: Field = saying.part == .request ? .userAgent : .version
        saying.facts.append(Fact(field, "\(major).\(minor).\(build)"))
        saying.isSufficient = saying.part == .request
      }
    }
    guard end > 0, body.offset + end <= body.bytes.count else { throw .short }
  }

  /// LOGIN7: its own length, the TDS version, then offsets and lengths of UTF-16 texts.
  static func readLogin(_ body: ByteWalk, _ saying: inout Saying) throws(Misfit) {
    var walk = ByteWalk(body.rest, .little)
    let length = Int(try walk.uint32())
    guard length >= 86, length <= 1 << 17 else { throw .wrong }
    let version = try walk.uint32()
    guard
      [0x70, 0x71, 0x72, 0x73, 0x74].contains(version >> 24) || version & 0xff == 7
        || version & 0xff00_0000 == 0x0800_0000 || version & 0xffff == 0x6400 || version == 0
    else { throw .wrong }
    try walk.skip(28)
    // Host, user, password, application, server, extension, library, language, database.
    let fields: [Field?] = [
      .clientID, .user, nil, .userAgent, .serverName, nil, nil, nil, .database,
    ]
    for field in fields {
      let offset = Int(try walk.uint16())
      let count = Int(try walk.uint16()) * 2
      guard count == 0 || offset >= 36 && offset + count <= length else { throw .wrong }
      guard let field, count > 0 else { continue }
      var text = ByteWalk(walk.bytes)
      guard (try? text.skip(offset)) != nil, let bytes = try? text.take(count) else { continue }
      saying.facts.append(Fact(field, bytes.asUTF16LittleEndian))
    }
    saying.isSufficient = true
  }

  /// The login record of TDS 4 and 5: texts of thirty bytes, each with its length behind it.
  static func readOldLogin(_ body: ByteWalk, _ saying: inout Saying) throws(Misfit) {
    var walk = body
    for field in [Field.clientID, .user] {
      let text = try walk.take(30)
      let length = Int(try walk.uint8())
      guard length <= 30, text.prefix(length).isWritten,
        text.dropFirst(length).allSatisfy({ $0 == 0 })
      else { throw .wrong }
      if length > 0 { saying.facts.append(Fact(field, text.prefix(length))) }
    }
    saying.isSufficient = true
  }

  /// A table response begins with a token; or with options when a PRELOGIN is answered.
  static func readAnswer(_ body: ByteWalk, _ saying: inout Saying) throws(Misfit) {
    guard let token = body.peek() else { throw .wrong }
    if token == 0 || token == 1 {
      try readOptions(body, &saying)
      return
    }
    let tokens: Set<UInt8> = [
      0x79, 0x81, 0x88, 0xa0, 0xa1, 0xa4, 0xa5, 0xa7, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xd1,
      0xd2,
      0xd7, 0xe2, 0xe3, 0xe4, 0xe5, 0xec, 0xed, 0xee, 0xfd, 0xfe, 0xff,
    ]
    guard tokens.contains(token) else { throw .wrong }
  }

  /// Whether a batch or a call has the headers that stand before it since TDS 7.2, or is nothing but text in UTF-16.
  static func readBatch(_ body: ByteWalk, _ type: UInt8, _ saying: inout Saying) throws(Misfit)
    -> Bool
  {
    var walk = ByteWalk(body.rest, .little)
    let total = Int(try walk.uint32())
    let length = Int(try walk.uint32())
    var text = body.rest
    if total >= 10, total <= 256, length >= 6, length <= total - 4,
      (1...3).contains(try walk.uint16())
    {
      text = body.rest.dropFirst(total)
    } else if type != 1 {
      return false
    }
    guard type == 1 else { return true }
    let words = text.prefix(1024)
    guard words.count >= 8, words.count.isMultiple(of: 2),
      words.asUTF16LittleEndian.utf8.allSatisfy({ $0 >= 9 })
    else { return false }
    saying.facts.append(Fact(.message, words.asUTF16LittleEndian))
    return true
  }
}
