import Flows
import Packets

extension Recogniser {
  /// JSON-RPC over a plain stream: objects with `jsonrpc`, `method`, `params` and `id`, answered by the same `id`.
  static let jsonRPC = Recogniser(
    name: "json-rpc", title: "JSON-RPC", specification: "JSON-RPC 2.0 specification; JSON-RPC 1.0",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard let call = RemoteCall(conversation) else { return .no }
    guard let strength = call.strength else { return .undecided }
    return .yes(
      Recognition(
        "json-rpc", strength, grounds: call.grounds, facts: call.facts,
        isElaborate: call.request?["jsonrpc"] != nil))
  }.orFromFirstBytes

  /// Stratum, the protocol between miners and pools: JSON-RPC with methods of its own.
  static let stratum = Recogniser(
    name: "stratum", title: "Stratum mining protocol",
    specification: "Stratum V1 (BIP 310); pools' own notes on logins",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard let call = RemoteCall(conversation) else { return .no }
    guard call.isMining,
      let method = call.request?["method"]?.string ?? call.notice?["method"]?.string
    else {
      return .undecided
    }
    var facts = [Fact(.method, method)]
    if let user = call.miner { facts.append(Fact(.user, user)) }
    if let agent = call.agent { facts.append(Fact(.userAgent, agent)) }
    return .yes(
      Recognition(
        "stratum", call.strength ?? .oneSided, grounds: call.grounds, facts: facts,
        refines: "json-rpc", isElaborate: true))
  }.orFromFirstBytes
}

/// Calls in JSON on a stream.
private struct RemoteCall {
  /// The client's first object.
  private(set) var request: JSONObject?
  /// All of the client's first objects.
  private var requests: [JSONObject] = []
  /// A notification of the server's.
  private(set) var notice: JSONObject?
  private(set) var strength: Recognition.Strength?
  private(set) var grounds: [Ground] = []

  /// Nil when the bytes contradict it.
  init?(_ conversation: Conversation) {
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return nil }
    guard let asked = Self.objects(conversation.client.bytes),
      let answered = Self.objects(conversation.server.bytes)
    else { return nil }
    requests = asked
    request = asked.first
    notice = answered.first { $0["method"] != nil }
    guard let request else {
      if !conversation.client.bytes.isEmpty { return }
      return
    }
    guard let method = request["method"], method.string != nil else { return nil }
    if let version = request["jsonrpc"], version.string != "2.0" { return nil }
    if let parameters = request["params"]?.raw.first, parameters != 0x5b, parameters != 0x7b,
      request["params"]?.isNull == false
    {
      return nil
    }
    grounds.append(Ground(.client, 0, min(64, conversation.client.bytes.count), "request object"))
    let response = answered.first { $0["result"] != nil || $0["error"] != nil }
    if let response {
      grounds.append(
        Ground(.server, 0, min(64, conversation.server.bytes.count), "response object"))
      let isEchoed = requests.contains { $0["id"] != nil && $0["id"] == response["id"] }
      strength = isEchoed ? .answered : request["jsonrpc"] != nil ? .answered : nil
    } else if request["jsonrpc"] != nil {
      strength = .oneSided
    } else if request["id"] != nil, request["params"] != nil {
      strength = requests.count > 1 ? .consistent : .oneSided
    }
  }

  /// Whether a method is one of miners' or pools'.
  var isMining: Bool {
    for object in requests + [notice].compactMap({ $0 }) {
      guard let method = object["method"]?.string else { continue }
      if method.hasPrefix("mining.") || Self.methods.contains(method) { return true }
      // Pools of Monero and its kin log a wallet in and hand out jobs.
      guard let raw = object["params"]?.raw, case .whole(let parameters, _) = JSONObject.read(raw)
      else { continue }
      if method == "login", parameters["login"] != nil, parameters["pass"] != nil { return true }
      if ["submit", "job"].contains(method), parameters["job_id"] != nil,
        parameters["nonce"] != nil || parameters["blob"] != nil
      {
        return true
      }
    }
    return false
  }

  /// Methods of pools that speak to Ethereum's miners.
  private static let methods: Set<String> = [
    "eth_submitLogin", "eth_getWork", "eth_submitWork", "eth_submitHashrate", "eth_login",
  ]

  /// The wallet or worker that logs in.
  var miner: String? {
    for object in requests {
      guard let method = object["method"]?.string, let parameters = object["params"] else {
        continue
      }
      if method == "login", case .whole(let members, _) = JSONObject.read(parameters.raw) {
        return members["login"]?.string
      }
      if method == "mining.authorize" || method == "eth_submitLogin" {
        return Self.firstString(parameters)
      }
    }
    return nil
  }

  /// The miner's program.
  var agent: String? {
    for object in requests {
      guard let method = object["method"]?.string, let parameters = object["params"] else {
        continue
      }
      if method == "login", case .whole(let members, _) = JSONObject.read(parameters.raw) {
        return members["agent"]?.string
      }
      if method == "mining.subscribe" { return Self.firstString(parameters) }
    }
    return nil
  }

  /// What the calls tell.
  var facts: [Fact] {
    var facts: [Fact] = []
    if let method = request?["method"]?.string { facts.append(Fact(.method, method)) }
    if let version = request?["jsonrpc"]?.string { facts.append(Fact(.version, version)) }
    return facts
  }

  private static func firstString(_ array: JSONObject.Value) -> String? {
    guard array.raw.first == 0x5b else { return nil }
    let rest = array.raw.dropFirst().drop { $0 == 0x20 }
    guard rest.first == 0x22 else { return nil }
    let string = rest.dropFirst().prefix { $0 != 0x22 }
    return string.contains(0x5c) || string.isEmpty ? nil : string.asText
  }

  /// The whole objects one behind the other, also behind the header that the Language Server Protocol puts in front;
  /// nil when the bytes are something else.
  private static func objects(_ bytes: [UInt8]) -> [JSONObject]? {
    var objects: [JSONObject] = []
    var position = 0
    while objects.count < 8, position < bytes.count {
      if bytes[position...].startsIgnoringCase("Content-Length:") {
        guard let head = HTTPHead(bytes, at: position), !head.startLine.isEmpty else {
          return objects
        }
        guard head.isWhole else { return objects }
        position = head.end
      } else if bytes[position...].isBeginningIgnoringCase(of: "Content-Length:"),
        bytes[position] | 0x20 == 0x63
      {
        return objects
      }
      switch JSONObject.read(bytes, at: position) {
      case .whole(let object, let end):
        objects.append(object)
        position = end
        while position < bytes.count, [10, 13, 32, 0].contains(bytes[position]) { position += 1 }
      case .cut: return objects
      case .wrong: return objects.isEmpty ? nil : objects
      }
    }
    return objects
  }
}
