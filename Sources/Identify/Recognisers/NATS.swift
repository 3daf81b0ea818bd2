import Flows
import Packets

extension Recogniser {
  /// NATS: the server sends INFO and a JSON object, the client CONNECT and a JSON object (NATS client protocol).
  static let nats = Recogniser(
    name: "nats", title: "NATS", specification: "NATS client protocol", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else {
      return messages(conversation)
    }
    let server = NATSLine(conversation.server.bytes, "INFO ")
    let client = NATSLine(conversation.client.bytes, "CONNECT ")
    if server.isWrong { return .no }
    // The server's INFO may be missing: CONNECT has members that no other protocol's has.
    if conversation.server.bytes.isEmpty, let options = client.object, options["verbose"] != nil,
      options["pedantic"] != nil, options["lang"] != nil
    {
      return .yes(
        Recognition(
          "nats", .oneSided, grounds: [Ground(.client, 0, client.length, "CONNECT message")],
          facts: options["lang"]?.string.map { [Fact(.userAgent, $0)] } ?? []))
    }
    guard let info = server.object,
      info["server_id"] != nil || info["version"] != nil || info["max_payload"] != nil
    else { return .undecided }
    guard client.object != nil || info["server_id"] != nil else { return .undecided }
    var facts: [Fact] = []
    if let version = info["version"]?.string { facts.append(Fact(.version, version)) }
    if let name = info["server_name"]?.string { facts.append(Fact(.server, name)) }
    if let agent = client.object?["lang"]?.string { facts.append(Fact(.userAgent, agent)) }
    if let user = client.object?["user"]?.string { facts.append(Fact(.user, user)) }
    if let name = client.object?["name"]?.string { facts.append(Fact(.clientID, name)) }
    var grounds = [Ground(.server, 0, server.length, "INFO message")]
    if client.object != nil { grounds.append(Ground(.client, 0, client.length, "CONNECT message")) }
    return .yes(
      Recognition(
        "nats", client.object == nil ? .oneSided : .answered, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// A connection under way: messages whose line tells how long their content is, with the line's end behind it.
  private static func messages(_ conversation: Conversation) -> Opinion {
    var grounds: [Ground] = []
    var count = 0
    var topic: ArraySlice<UInt8>?
    for side in Side.allCases {
      let bytes = conversation[side].bytes
      let word = side == .client ? ["PUB", "HPUB"] : ["MSG", "HMSG"]
      for line in Lines(bytes, most: 64) where line.isWhole && line.isText {
        let words = line.bytes.words(most: 6)
        guard let name = words.first, word.contains(name.asText),
          (side == .client ? 3 : 4) <= words.count, let size = words.last?.asDecimal,
          size <= 1 << 20
        else { continue }
        let start = line.offset + line.bytes.count + 2
        guard bytes.slice(at: start + size, 2).elementsEqual([13, 10]) else { continue }
        count += 1
        topic = topic ?? words[1]
        guard grounds.last?.side != side else { continue }
        grounds.append(Ground(side, line.offset, line.bytes.count, "message line"))
      }
    }
    guard count >= 2, !grounds.isEmpty else { return .undecided }
    return .yes(
      Recognition(
        "nats", grounds.count == 2 ? .answered : .consistent, grounds: grounds,
        facts: topic.map { [Fact(.topic, $0)] } ?? []))
  }
}

/// A line of NATS: a word and a JSON object.
private struct NATSLine {
  var object: JSONObject?
  var isWrong = false
  var length = 0

  init(_ bytes: [UInt8], _ word: String) {
    guard !bytes.isEmpty else { return }
    guard bytes.startsIgnoringCase(word) else {
      isWrong = !bytes.isBeginningIgnoringCase(of: word)
      return
    }
    switch JSONObject.read(bytes, at: word.utf8.count) {
    case .whole(let object, let end):
      self.object = object
      length = end
    case .cut: break
    case .wrong: isWrong = true
    }
  }
}
