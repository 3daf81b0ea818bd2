/// What a user wants to know of an SMB conversation.
struct SMBFacts {
  private let client: SMBSide
  private let server: SMBSide

  init(client: SMBSide, server: SMBSide) {
    self.client = client
    self.server = server
  }

  /// Dialect, user, host names, share and error.
  var facts: [Fact] {
    var facts: [Fact] = []
    if let dialect { facts.append(Fact(.dialect, dialect)) }
    let requests = NTLM(in: client.headers, type: 3)
    if let user = requests?.user, !user.isEmpty { facts.append(Fact(.user, user)) }
    if let host = requests?.host, !host.isEmpty { facts.append(Fact(.clientID, host)) }
    if let name = NTLM(in: server.headers, type: 2)?.host ?? client.called, !name.isEmpty {
      facts.append(Fact(.host, name))
    }
    if let share { facts.append(Fact(.topic, share)) }
    if let calling = client.calling, !calling.isEmpty { facts.append(Fact(.from, calling)) }
    return facts
  }

  /// The dialect that the server chose, else those that the client offers.
  private var dialect: String? {
    var wildcard: String?
    for header in server.headers where header.isResponse {
      if header.isSecond, header.command == 0 {
        var walk = ByteWalk(header.body, .little)
        guard (try? walk.uint16()) == 65, (try? walk.skip(2)) != nil,
          let number = try? walk.uint16()
        else { continue }
        // The answer to the old request may be the wildcard: then another negotiation follows.
        guard number == 0x02ff else { return Self.name(of: number) }
        wildcard = Self.name(of: number)
      }
      if !header.isSecond, header.command == 0x72 {
        var walk = ByteWalk(header.body, .little)
        guard let words = try? walk.uint8(), words > 0, let index = try? walk.uint16() else {
          continue
        }
        let offered = offeredFirst
        return Int(index) < offered.count ? offered[Int(index)] : nil
      }
    }
    let offered = offeredFirst
    if let wildcard { return wildcard }
    return offered.isEmpty ? nil : offered.joined(separator: ", ")
  }

  /// Names of the dialects in an SMB 1 negotiate request: each behind a byte 2, up to a NUL.
  private var offeredFirst: [String] {
    guard let request = client.headers.first(where: { !$0.isSecond && $0.command == 0x72 }) else {
      return []
    }
    var walk = ByteWalk(request.body, .little)
    guard (try? walk.uint8()) == 0, (try? walk.skip(2)) != nil else { return [] }
    var names: [String] = []
    while names.count < 16, (try? walk.expect([2])) != nil,
      let name = try? walk.terminated(most: 64),
      name.isGraphic
    {
      names.append(String(decoding: name, as: UTF8.self))
    }
    return names
  }

  /// The path in a tree connect of SMB 2.
  private var share: String? {
    for header in client.headers where header.isSecond && header.command == 3 {
      var walk = ByteWalk(header.body, .little)
      guard (try? walk.uint16()) == 9, (try? walk.skip(2)) != nil, let offset = try? walk.uint16(),
        let length = try? walk.uint16(), offset == 72, let path = try? walk.take(Int(length))
      else { continue }
      return path.asUTF16LittleEndian
    }
    return nil
  }

  private static func name(of dialect: UInt16) -> String {
    switch dialect {
    case 0x0202: "SMB 2.0.2"
    case 0x0210: "SMB 2.1"
    case 0x0300: "SMB 3.0"
    case 0x0302: "SMB 3.0.2"
    case 0x0311: "SMB 3.1.1"
    case 0x02ff: "SMB 2.???"
    default: "SMB 0x" + String(dialect, radix: 16)
    }
  }
}

/// An NTLM message (MS-NLMP 2.2.1) somewhere in a session set-up.
private struct NTLM {
  let user: String?
  let host: String?

  init?(in headers: [SMBHeader], type: UInt8) {
    let mark = Array("NTLMSSP".utf8) + [0, type, 0, 0, 0]
    for header in headers where header.command == (header.isSecond ? 1 : 0x73) {
      guard let start = header.body.firstIndex(ofRun: mark, within: 2048) else { continue }
      let message = header.body[start...]
      let isUnicode = Self.flags(message, type).map { $0 & 1 != 0 } ?? true
      func text(_ field: Int) -> String? {
        guard let bytes = Self.payload(message, field) else { return nil }
        return isUnicode ? bytes.asUTF16LittleEndian : String(decoding: bytes, as: UTF8.self)
      }
      if type == 3 {
        let domain = text(28) ?? ""
        user = text(36).map { $0.isEmpty || domain.isEmpty ? $0 : domain + "\\" + $0 }
        host = text(44)
      } else {
        user = nil
        host = text(12)
      }
      return
    }
    return nil
  }

  private static func flags(_ message: ArraySlice<UInt8>, _ type: UInt8) -> UInt8? {
    message.dropFirst(type == 3 ? 60 : 20).first
  }

  /// The bytes that a length and an offset at `field` point to.
  private static func payload(_ message: ArraySlice<UInt8>, _ field: Int) -> ArraySlice<UInt8>? {
    var walk = ByteWalk(message.dropFirst(field), .little)
    guard let length = try? walk.uint16(), (try? walk.skip(2)) != nil,
      let offset = try? walk.uint32(),
      Int(offset) + Int(length) <= message.count
    else { return nil }
    return message.dropFirst(Int(offset)).prefix(Int(length))
  }
}
