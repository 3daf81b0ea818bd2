import Flows
import Packets

extension Recogniser {
  /// NATS: the server sends INFO and a JSON object, the client CONNECT and a JSON object (NATS client protocol).
  static let nats = Recogniser(
    name: "nats", title: "NATS", specification: "NATS client protocol", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let server = NATSLine(conversation.server.bytes, "INFO ")
    let client = NATSLine(conversation.client.bytes, "CONNECT ")
    if server.isWrong { return .no }
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
