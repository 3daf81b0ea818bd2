import Flows
import Packets

extension Recogniser {
  /// Telnet: options are negotiated by commands that begin with the byte 255 (RFC 854, RFC 855).
  static let telnet = Recogniser(
    name: "telnet", title: "Telnet", specification: "RFC 854; RFC 855; IANA's Telnet options",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let server = TelnetCommands(conversation.server)
    let client = TelnetCommands(conversation.client)
    if server.isWrong || client.isWrong { return .no }
    // Two sides that have spoken without a command are no Telnet that could be told from other text.
    if server.options.isEmpty, client.options.isEmpty, !conversation.server.bytes.isEmpty,
      !conversation.client.bytes.isEmpty
    {
      return .no
    }
    let shared = server.options.intersection(client.options)
    let strength: Recognition.Strength
    if !shared.isEmpty, server.isOpening || client.isOpening {
      strength = .answered
    } else if server.isOpening && server.options.count >= 2
      || client.isOpening && client.options.count >= 3
    {
      strength = .consistent
    } else {
      return .undecided
    }
    var grounds: [Ground] = []
    for (side, commands) in [(Side.server, server), (.client, client)] where commands.length > 0 {
      grounds.append(Ground(side, commands.offset, commands.length, "option negotiation"))
    }
    var facts: [Fact] = []
    if let terminal = client.terminal { facts.append(Fact(.userAgent, terminal)) }
    if let user = client.user { facts.append(Fact(.user, user)) }
    return .yes(
      Recognition(
        "telnet", strength, grounds: grounds, facts: facts,
        clientIs: conversation.knowsClient || client.terminal != nil ? .client : nil))
  }.orFromFirstBytes
}

/// The Telnet commands in one side's bytes.
private struct TelnetCommands {
  /// Options that were negotiated.
  var options: Set<UInt8> = []
  /// Whether the bytes begin with a negotiation.
  var isOpening = false
  var isWrong = false
  /// Where the first run of commands lies.
  var offset = 0
  var length = 0
  /// The terminal type that the client sent (RFC 1091).
  var terminal: ArraySlice<UInt8>?
  /// The user that the client sent in its environment (RFC 1572).
  var user: ArraySlice<UInt8>?

  private static let escape: UInt8 = 255
  /// How far text is searched for commands.
  private static let searched = 2048

  init(_ said: SideBytes) {
    let bytes = said.bytes.prefix(Self.searched)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == Self.escape else {
        // A stream of text may hold commands anywhere, other bytes may hold 255 by chance.
        let byte = bytes[position]
        if byte < 7 && byte != 0 || byte == 0x7f && options.isEmpty {
          isWrong = options.isEmpty && said.beginsAtStart
          return
        }
        position += 1
        continue
      }
      let start = position
      guard position + 1 < bytes.count else { return }
      switch bytes[position + 1] {
      case 251...254:
        guard position + 2 < bytes.count else { return }
        let option = bytes[position + 2]
        guard Self.isOption(option) else {
          isWrong = options.isEmpty
          return
        }
        options.insert(option)
        position += 3
      case 250:
        guard let end = Self.end(of: bytes, from: position + 2) else {
          if bytes.count == said.bytes.count, bytes.count - position > 1024 { isWrong = true }
          return
        }
        note(bytes[(position + 2)..<end])
        position = end + 2
      case 236...249, 255: position += 2
      default:
        isWrong = options.isEmpty
        return
      }
      if length == 0 || offset + length == start {
        if length == 0 { offset = start }
        length = position - offset
      }
      if offset == 0, said.beginsAtStart, !options.isEmpty { isOpening = true }
    }
  }

  /// Options of IANA's registry, with those of MUD servers.
  private static func isOption(_ option: UInt8) -> Bool {
    option <= 49
      || [69, 70, 85, 86, 90, 91, 93, 102, 138, 139, 140, 200, 201, 240, 255].contains(option)
  }

  /// Where the sub-negotiation that begins at `start` has its IAC SE.
  private static func end(of bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var position = start
    while position + 1 < bytes.count {
      if bytes[position] == escape {
        if bytes[position + 1] == 240 { return position }
        position += 1
      }
      position += 1
    }
    return nil
  }

  private mutating func note(_ parameters: ArraySlice<UInt8>) {
    guard let option = parameters.first else { return }
    options.insert(option)
    let value = parameters.dropFirst(2)
    // TERMINAL-TYPE IS
    if option == 24, parameters.dropFirst().first == 0, value.isPrintableASCII { terminal = value }
    // NEW-ENVIRON IS, VAR "USER" VALUE ...
    if option == 39, value.starts(with: [0] + Array("USER".utf8) + [1]) {
      user = value.dropFirst(6).prefix { $0 >= 0x20 && $0 < 0x7f }
    }
  }
}
