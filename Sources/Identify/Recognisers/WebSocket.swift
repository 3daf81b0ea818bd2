import Flows
import Packets

extension Recogniser {
  /// WebSocket: an HTTP/1.1 request to upgrade with a key, answered by 101 with that key's hash (RFC 6455 section 4).
  static let websocket = Recogniser(
    name: "websocket", title: "WebSocket", specification: "RFC 6455 sections 1.3 and 4",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    if let frames = WebSocketFrames(conversation) {
      return .yes(
        Recognition(
          "websocket", frames.isEchoed ? .answered : .consistent, grounds: frames.grounds))
    }
    let asked = HTTPSide(requestIn: conversation)
    let answered = HTTPSide(responseIn: conversation)
    if asked.isWrong || answered.isWrong { return .no }
    let request = asked.message
    let response = answered.message
    if let request {
      guard request.0.method == "GET", request.0.version == "1.1" else { return .no }
      guard isUpgrade(request.1) else { return request.1.isWhole ? .no : .undecided }
    }
    if let response {
      guard response.0.status == 101 else { return .no }
      guard isAcceptance(response.1) else { return response.1.isWhole ? .no : .undecided }
    }
    // The acceptance by itself has no key of the client's, but no other protocol says it.
    guard let strength = strength(request != nil, response != nil) else { return .undecided }
    var grounds: [Ground] = []
    var facts = HTTPFacts.of(request, response, HTTPProduct(request, response)).filter {
      $0.field != .contentType
    }
    if let (line, head) = request {
      grounds.append(Ground(.client, head.offset, line.length, "upgrade request"))
      if let origin = head["origin"] { facts.append(Fact(.from, origin)) }
    }
    if let (_, head) = response {
      grounds.append(Ground(.server, head.offset, head.startLine.count, "switching protocols"))
    }
    if !facts.contains(where: { $0.field == .upgrade }) {
      facts.append(Fact(.upgrade, "websocket"))
    }
    let chosen = response?.1["sec-websocket-protocol"] ?? request?.1["sec-websocket-protocol"]
    if let chosen { facts.append(Fact(.subprotocol, chosen)) }
    return .yes(
      Recognition(
        "websocket", strength, grounds: grounds, facts: facts, refines: "http",
        tool: request.flatMap { HTTPMethods.tool($0.0, $0.1) }, isElaborate: true))
  }.orFromFirstBytes

  private static func strength(_ isAsked: Bool, _ isAnswered: Bool) -> Recognition.Strength? {
    switch (isAsked, isAnswered) {
    case (true, true): .answered
    case (true, false), (false, true): .oneSided
    case (false, false): nil
    }
  }

  /// Upgrade, Connection, Host and a key of 16 bytes in Base64.
  private static func isUpgrade(_ head: HTTPHead) -> Bool {
    guard head.lists("websocket", in: "upgrade"), head.lists("upgrade", in: "connection"),
      head["host"] != nil
    else { return false }
    if let key = head["sec-websocket-key"] { return isBase64(key, of: 24, padding: 2) }
    return head["sec-websocket-key1"] != nil && head["sec-websocket-key2"] != nil
  }

  /// Upgrade, Connection and a SHA-1 hash in Base64; the draft that had two keys sends it in the body.
  private static func isAcceptance(_ head: HTTPHead) -> Bool {
    guard head.lists("websocket", in: "upgrade"), head.lists("upgrade", in: "connection") else {
      return false
    }
    if let accept = head["sec-websocket-accept"] { return isBase64(accept, of: 28, padding: 1) }
    return head["sec-websocket-location"] != nil
  }

  private static func isBase64(_ text: ArraySlice<UInt8>, of count: Int, padding: Int) -> Bool {
    text.count == count && text.suffix(padding).allSatisfy { $0 == 0x3d }
      && text.dropLast(padding).allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2f: true
        default: false
        }
      }
  }
}
