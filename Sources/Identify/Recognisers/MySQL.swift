import Flows
import Packets

extension Recogniser {
  /// MySQL and MariaDB: the server greets first (protocol 10), packets carry a 3-byte length and a sequence number that
  /// runs through both sides.
  static let mysql = Recogniser(
    name: "mysql", title: "MySQL or MariaDB",
    specification: "MySQL internals: Client/Server Protocol; MariaDB: Connecting",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let server = MySQLServer(conversation.server)
    guard !server.isWrong else { return .no }
    let client = MySQLClient(conversation.client)
    if client.isWrong { return .no }
    let hasGreeting = server.version != nil || server.refusal != nil
    let strength: Recognition.Strength? =
      if hasGreeting, client.isLogin {
        .answered
      } else if server.version != nil {
        // A scanner says nothing, or what is not MySQL: the greeting alone has structure enough.
        .oneSided
      } else if server.refusal != nil {
        .oneSided
      } else if client.isStrong, conversation.server.bytes.isEmpty {
        .oneSided
      } else if client.isStrong, server.answersLogin {
        .answered
      } else if server.isTable, conversation.client.bytes.isEmpty {
        .oneSided
      } else if client.command != nil, server.isResult {
        .answered
      } else {
        nil
      }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    if let version = server.version {
      facts.append(Fact(.version, version))
      facts.append(Fact(.server, server.isMariaDB ? "MariaDB" : "MySQL"))
    }
    if let user = client.user { facts.append(Fact(.user, user)) }
    if let database = client.database { facts.append(Fact(.database, database)) }
    if let program = client.program { facts.append(Fact(.userAgent, program)) }
    if let error = server.refusal ?? server.error { facts.append(Fact(.error, error)) }
    if let command = client.command { facts.append(Fact(.message, command)) }
    if client.upgrades { facts.append(Fact(.upgrade, "tls")) }
    var grounds: [Ground] = []
    if server.opening > 0 { grounds.append(Ground(.server, 0, server.opening, "greeting")) }
    if client.opening > 0 {
      grounds.append(Ground(.client, 0, client.opening, "handshake response"))
    }
    if grounds.isEmpty, server.isTable || server.isResult {
      grounds.append(Ground(.server, 0, 5, "numbered packets of a result"))
    }
    return .yes(Recognition("mysql", strength, grounds: grounds, facts: facts))
  }
}

/// Packets of MySQL: three bytes of length, least significant first, and a sequence number.
struct MySQLPackets {
  /// One packet.
  struct Packet {
    let sequence: UInt8
    let body: ArraySlice<UInt8>
  }

  /// Packets that are all there.
  private(set) var packets: [Packet] = []
  /// What is there of one that is not.
  private(set) var part: Packet?
  /// How long that one is.
  private(set) var partLength = 0

  init(_ bytes: ArraySlice<UInt8>, most: Int = 32) {
    var walk = ByteWalk(bytes, .little)
    while packets.count < most, walk.remaining > 4 {
      guard let length = try? walk.uint24(), let sequence = try? walk.uint8() else { return }
      guard let body = try? walk.take(Int(length)) else {
        part = Packet(sequence: sequence, body: walk.rest)
        partLength = Int(length)
        return
      }
      packets.append(Packet(sequence: sequence, body: body))
    }
  }
}
