import Flows
import Packets

extension Recogniser {
  /// SMB 1 to 3 behind the four-byte length of NetBIOS session service or direct TCP (RFC 1002 section 4.3, MS-CIFS
  /// 2.2.3.1, MS-SMB2 2.2.1); a response repeats the request's identifiers and command.
  static let smb = Recogniser(
    name: "smb", title: "SMB/CIFS",
    specification: "MS-CIFS section 2.2.3.1, MS-SMB2 section 2.2.1, RFC 1002 section 4.3",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = SMBSide(of: .client, in: conversation)
    let server = SMBSide(of: .server, in: conversation)
    guard !client.isWrong, !server.isWrong else { return .no }
    // Some servers leave the mark of a response out; then it can't be told who asks.
    let isMarked = server.headers.contains(where: \.isResponse)
    guard client.headers.allSatisfy({ !$0.isResponse }),
      // A server asks only for the break of a lock, with an identifier of its own.
      !isMarked
        || server.headers.allSatisfy({ $0.isResponse || $0.command == ($0.isSecond ? 18 : 0x24) }),
      !client.answersSession, !server.asksSession
    else { return .no }
    let echoes = server.headers.contains { answer in
      answer.identifier != 0 && client.headers.contains { $0.key == answer.key }
    }
    let clientSpeaks =
      !client.headers.isEmpty || client.called != nil || !client.sealed.isEmpty
    let serverSpeaks = !server.headers.isEmpty || server.answersSession
    let strength: Recognition.Strength? =
      if echoes {
        .proven
      } else if clientSpeaks, serverSpeaks || !client.sealed.isDisjoint(with: server.sealed) {
        .answered
      } else if clientSpeaks || !server.headers.isEmpty {
        .oneSided
      } else {
        nil
      }
    guard let strength else { return .undecided }
    return .yes(
      Recognition(
        "smb", strength, grounds: [client, server].compactMap(\.ground),
        facts: SMBFacts(client: client, server: server).facts,
        clientIs:
          isMarked || server.headers.isEmpty && !client.headers.isEmpty || client.called != nil
          ? .client : nil))
  }
}

/// One header of SMB 1 or of SMB 2 and 3.
struct SMBHeader {
  /// Whether it is of SMB 2 or 3.
  let isSecond: Bool
  /// Command code.
  let command: UInt16
  /// Status (0 in requests, or a channel sequence).
  let status: UInt32
  /// Whether it comes from the server.
  let isResponse: Bool
  /// Message identifier; of SMB 1 process and multiplex identifier.
  let identifier: UInt64
  /// What follows the header in the message.
  let body: ArraySlice<UInt8>

  /// What a request and its response have in common.
  var key: [UInt64] { [isSecond ? 2 : 1, UInt64(command), identifier] }

  /// The header at the start of a message; nil for an encrypted or compressed one.
  init?(_ walk: ByteWalk) throws(Misfit) {
    var walk = walk
    walk.order = .little
    let first = try walk.uint8()
    try walk.expect(Array("SMB".utf8))
    switch first {
    case 0xff:
      isSecond = false
      command = UInt16(try walk.uint8())
      status = try walk.uint32()
      isResponse = try walk.uint8() & 0x80 != 0
      try walk.skip(2)
      let high = UInt64(try walk.uint16())
      try walk.skip(12)
      let low = UInt64(try walk.uint16())
      try walk.skip(2)
      identifier = high << 32 | low << 16 | UInt64(try walk.uint16())
    case 0xfe:
      isSecond = true
      try walk.expect([64, 0])
      try walk.skip(2)
      status = try walk.uint32()
      command = try walk.uint16()
      guard command <= 18 else { throw .wrong }
      try walk.skip(2)
      isResponse = try walk.uint32() & 1 != 0
      guard try walk.uint32() % 8 == 0 else { throw .wrong }
      identifier = try walk.uint64()
      try walk.skip(32)
    case 0xfd, 0xfc: return nil
    default: throw .wrong
    }
    body = walk.rest
  }
}

/// What one side said in SMB.
struct SMBSide {
  private(set) var headers: [SMBHeader] = []
  private(set) var isWrong = false
  private(set) var ground: Ground?
  /// Names that a NetBIOS session request has: called, then calling.
  private(set) var called: String?
  private(set) var calling: String?
  /// Whether it answered a NetBIOS session request.
  private(set) var answersSession = false
  /// Sessions of its encrypted messages whose headers tell the length of what is encrypted (MS-SMB2 section 2.2.41).
  private(set) var sealed: Set<UInt64> = []

  /// Whether it sent a NetBIOS session request.
  var asksSession: Bool { called != nil }

  init(of side: Side, in conversation: Conversation) {
    let said = conversation[side]
    let run = MessageRun(of: side, in: conversation, most: 24) { walk, _ throws(Misfit) in
      let type = try walk.uint8()
      let length = Int(try walk.uint24())
      // A length without meaning would let anything pass, so what stands behind it is looked at here.
      switch type {
      case 0:
        guard let first = walk.peek() else { throw .short }
        guard first >= 0xfc, length >= 32 else { throw .wrong }
      case 0x81 where length >= 68 && length <= 600, 0x82 where length == 0, 0x83 where length == 1,
        0x84 where length == 6, 0x85 where length == 0:
        break
      default: throw .wrong
      }
      return length + 4
    }
    isWrong = run.isWrong
    for message in run.messages {
      do throws(Misfit) {
        try read(message, of: side)
      } catch {
        isWrong = isWrong || error == .wrong || message.isWhole
      }
    }
    if said.bytes.isEmpty { isWrong = false }
  }

  private mutating func read(_ message: MessageRun.Message, of side: Side) throws(Misfit) {
    var walk = message.walk()
    switch try walk.uint8() {
    case 0:
      try walk.skip(3)
      if let header = try SMBHeader(ByteWalk(walk.rest)) {
        headers.append(header)
      } else if let session = Self.session(ofSealed: walk.rest) {
        sealed.insert(session)
      }
      if ground == nil {
        ground = Ground(side, message.offset, 36, "message header behind its NetBIOS length")
      }
    case 0x81:
      try walk.skip(3)
      called = try Self.name(&walk)
      calling = try Self.name(&walk)
      if ground == nil {
        ground = Ground(side, message.offset, message.bytes.count, "NetBIOS session request")
      }
    case 0x82, 0x83: answersSession = true
    default: break
    }
  }

  /// The session of an encrypted message; nil where its header does not fit the message.
  private static func session(ofSealed message: ArraySlice<UInt8>) -> UInt64? {
    var walk = ByteWalk(message, .little)
    // Behind the protocol's mark, signature and nonce: the length, a reserved field, and the mark of encryption.
    guard (try? walk.expect([0xfd])) != nil, (try? walk.skip(35)) != nil,
      let length = try? walk.uint32(), Int(length) == message.count - 52,
      (try? walk.uint16()) == 0, (try? walk.uint16()) == 1, let session = try? walk.uint64(),
      session != 0
    else { return nil }
    return session
  }

  /// A name in NetBIOS's first-level encoding (RFC 1001 section 14.1): 32 letters for 16 bytes.
  private static func name(_ walk: inout ByteWalk) throws(Misfit) -> String {
    try walk.expect([32])
    let letters = Array(try walk.take(32))
    guard letters.allSatisfy({ (0x41...0x50).contains($0) }) else { throw .wrong }
    // The scope: labels up to an empty one.
    while true {
      let length = Int(try walk.uint8())
      if length == 0 { break }
      guard length < 64 else { throw .wrong }
      try walk.skip(length)
    }
    let bytes = stride(from: 0, to: 30, by: 2).map {
      (letters[$0] - 0x41) << 4 | (letters[$0 + 1] - 0x41)
    }
    return String(decoding: bytes.prefix { $0 != 0x20 && $0 != 0 }, as: UTF8.self)
  }
}
