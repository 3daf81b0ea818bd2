import Flows
import Packets

extension Recogniser {
  /// Secure Shell: each side opens with an identification string, `SSH-protoversion-softwareversion` (RFC 4253
  /// section 4.2), before anything else; a server may send other lines before it. Key exchange follows.
  static let ssh = Recogniser(
    name: "ssh", title: "Secure Shell", specification: "RFC 4253 sections 4.2, 6 and 7.1",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let server = Greeting(in: conversation.server, side: .server)
    let client = Greeting(in: conversation.client, side: .client)
    if server.isWrong { return .no }
    // A server names itself whatever it is sent, so a client that speaks something else does not change what it is.
    if client.isWrong, server.string == nil { return .no }
    let found = [client, server].filter { $0.string != nil && !$0.isWrong }
    guard !found.isEmpty else { return keyExchange(conversation) ?? .undecided }
    var facts: [Fact] = []
    var grounds: [Ground] = []
    for greeting in [server, client] where !greeting.isWrong {
      guard let string = greeting.string else { continue }
      facts.append(Fact(greeting.side == .server ? .serverBanner : .clientBanner, string))
      grounds.append(Ground(greeting.side, greeting.offset, string.count, "identification string"))
      if let keyExchange = greeting.keyExchange {
        grounds.append(Ground(greeting.side, keyExchange, 6, "key exchange packet"))
        let isServer = greeting.side == .server
        if let offer = SSHKeyExchange(conversation[greeting.side].bytes, at: keyExchange) {
          facts.append(
            Fact(isServer ? .hasshServer : .hassh, offer.hassh(ofServer: isServer)))
        }
      }
    }
    let tool = client.string.flatMap { string in
      scanners.first { string.containsIgnoringCase($0.mark) }?.tool
    }
    return .yes(
      Recognition(
        "ssh", found.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts,
        clientIs: conversation.knowsClient || client.isWrong ? .client : nil, tool: tool,
        isElaborate: true)
    )
  }.orFromFirstBytes

  /// A connection whose identification strings were missed: the server's answer of the key exchange (RFC 4253 section 8),
  /// a packet with its padding that begins with a host key of a known kind.
  private static func keyExchange(_ conversation: Conversation) -> Opinion? {
    if let offers = offers(conversation) { return offers }
    guard !conversation.server.beginsAtStart else { return nil }
    var walk = ByteWalk(conversation.server.bytes)
    guard let length = try? walk.count32(atMost: 35_000), let padding = try? walk.uint8(),
      (4...255).contains(padding), Int(padding) < length, (length + 4).isMultiple(of: 8),
      let message = try? walk.uint8(), message == 31 || message == 33,
      let size = try? walk.count32(atMost: length), let key = try? walk.walk(size)
    else { return nil }
    var blob = key
    guard let count = try? blob.count32(atMost: 64), let name = try? blob.take(count),
      ["ssh-", "ecdsa-", "rsa-", "sk-"].contains(where: { name.starts(with: $0.utf8) }),
      name.isGraphic
    else { return nil }
    return .yes(
      Recognition(
        "ssh", .oneSided,
        grounds: [Ground(.server, 0, 14 + count, "key exchange's answer with a host key")]))
  }

  /// The offers of algorithms of a connection whose identification strings were missed (RFC 4253 section 7.1).
  private static func offers(_ conversation: Conversation) -> Opinion? {
    let found = Side.allCases.compactMap { side in
      conversation[side].beginsAtStart
        ? nil : SSHKeyExchange(conversation[side].bytes, at: 0).map { (side, $0) }
    }
    guard !found.isEmpty else { return nil }
    return .yes(
      Recognition(
        "ssh", found.count == 2 ? .answered : .oneSided,
        grounds: found.map { Ground($0.0, 0, 22, "key exchange packet") }, clientIs: nil,
        isElaborate: true))
  }

  private static let scanners: [(mark: String, tool: String)] = [
    ("nmap", "nmap"), ("zgrab", "zgrab"), ("masscan", "masscan"), ("OpenVAS", "openvas"),
    ("paramiko-shodan", "shodan"),
  ]

  /// One side's identification string and the packet behind it.
  private struct Greeting {
    let side: Side
    var string: ArraySlice<UInt8>?
    var offset = 0
    var isWrong = false
    /// Where the first binary packet begins, when it is there and sound.
    var keyExchange: Int?

    init(in said: SideBytes, side name: Side) {
      self.side = name
      guard said.beginsAtStart else { return }
      // Only a server may say something before (RFC 4253 section 4.2), in whole lines.
      for line in Lines(said.bytes, most: name == .server ? 32 : 1) {
        if line.bytes.starts(with: "SSH-".utf8) {
          guard line.isWhole else {
            isWrong = line.bytes.count > 254 || !line.bytes.dropLast().isPrintableASCII
            return
          }
          string = line.bytes
          offset = line.offset
          isWrong = !Self.isSound(line.bytes)
          if !isWrong { notePacket(in: said.bytes, behind: line) }
          return
        }
        isWrong = name == .client ? !"SSH-".utf8.starts(with: line.bytes) : !line.isText
        if isWrong { return }
      }
    }

    /// `SSH-2.0-` or `SSH-1.x-`, printable, at most 255 bytes with CR LF.
    static func isSound(_ line: ArraySlice<UInt8>) -> Bool {
      guard line.count <= 253, line.isPrintableASCII else { return false }
      let parts = line.split(separator: 0x2d, maxSplits: 2, omittingEmptySubsequences: false)
      return parts.count == 3 && !parts[2].isEmpty
        && ["2.0", "1.99", "1.5", "1.3"].contains(parts[1].asText)
    }

    /// A binary packet (RFC 4253 section 6): its length, its padding's length, a transport message; SSH 1 has another
    /// form, and a server that does not like the client's string says so in text.
    private mutating func notePacket(in bytes: [UInt8], behind line: Lines.Line) {
      guard let feed = bytes[line.offset...].firstIndex(of: 10) else { return }
      let start = feed + 1
      let packet = bytes[start...].prefix(6)
      guard packet.count == 6, line.bytes.starts(with: "SSH-2.0-".utf8), !packet.isText else {
        return
      }
      let fields = Array(packet)
      let length =
        Int(fields[0]) << 24 | Int(fields[1]) << 16 | Int(fields[2]) << 8 | Int(fields[3])
      let padding = Int(fields[4])
      guard (5...262_144).contains(length), padding >= 4, padding < length else {
        isWrong = true
        return
      }
      // SSH_MSG_DISCONNECT to SSH_MSG_DEBUG, SSH_MSG_KEXINIT and what a guess may send behind it.
      isWrong = !((1...4).contains(fields[5]) || (20...49).contains(fields[5]))
      if !isWrong { keyExchange = start }
    }
  }
}
