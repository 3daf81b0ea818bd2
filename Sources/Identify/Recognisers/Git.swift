import Flows
import Packets

extension Recogniser {
  /// Git's own transport: packets with four hexadecimal digits of length, the first asks for a service (gitprotocol-pack).
  static let git = Recogniser(
    name: "git", title: "Git",
    specification: "gitprotocol-common, gitprotocol-pack and gitprotocol-v2",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = conversation.client.bytes
    let request: ArraySlice<UInt8>
    switch PacketLine.read(client) {
    case .line(let line): request = line
    case .cut:
      return conversation.server.bytes.isEmpty
        ? .undecided : answer(conversation) == false ? .no : .undecided
    case .wrong: return .no
    }
    let parts = request.split(separator: 0, omittingEmptySubsequences: true)
    guard let first = parts.first, first.isText else { return .no }
    let words = first.words(most: 2)
    guard words.count == 2,
      ["git-upload-pack", "git-receive-pack", "git-upload-archive"].contains(words[0].asText)
    else { return .no }
    let path = words[1].last == 10 ? words[1].dropLast() : words[1]
    let isAnswered = answer(conversation)
    if isAnswered == false { return .no }
    var facts = [Fact(.method, words[0]), Fact(.path, path)]
    for part in parts.dropFirst() {
      if part.starts(with: "host=".utf8) { facts.append(Fact(.host, part.dropFirst(5))) }
      if part.starts(with: "version=".utf8) { facts.append(Fact(.version, part.dropFirst(8))) }
    }
    var grounds = [Ground(.client, 0, request.count + 4, "git-proto-request")]
    if isAnswered == true { grounds.append(Ground(.server, 0, 4, "pkt-line")) }
    return .yes(
      Recognition("git", isAnswered == true ? .answered : .oneSided, grounds: grounds, facts: facts)
    )
  }.orFromFirstBytes

  /// Whether the server's first line is an advertisement or an error; nil when it cannot be told yet.
  private static func answer(_ conversation: Conversation) -> Bool? {
    let bytes = conversation.server.bytes
    guard !bytes.isEmpty else { return nil }
    switch PacketLine.read(bytes) {
    case .wrong: return false
    case .cut: return nil
    case .line(let line):
      if line.starts(with: "ERR ".utf8) || line.starts(with: "version ".utf8)
        || line.starts(with: "ACK".utf8)
      {
        return true
      }
      let name = line.prefix { $0 != 0x20 }
      return (name.count == 40 || name.count == 64)
        && name.allSatisfy { PacketLine.digit($0) != nil }
    }
  }
}

/// A packet line: four hexadecimal digits that count themselves and what follows (gitprotocol-common).
private enum PacketLine {
  case line(ArraySlice<UInt8>)
  case cut
  case wrong

  static func read(_ bytes: [UInt8]) -> PacketLine {
    var length = 0
    for byte in bytes.prefix(4) {
      guard let digit = digit(byte) else { return .wrong }
      length = length << 4 | digit
    }
    guard bytes.count >= 4 else { return .cut }
    guard length > 4, length <= 65_520 else { return .wrong }
    guard bytes.count >= length else { return .cut }
    return .line(bytes[4..<length])
  }

  static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x61...0x66: Int(byte) - 0x57
    case 0x41...0x46: Int(byte) - 0x37
    default: nil
    }
  }
}
