import Flows
import Packets

extension Recogniser {
  /// RTSP: messages in HTTP's form, each request numbered by CSeq, which the response repeats (RFC 7826; RFC 2326).
  static let rtsp = Recogniser(
    name: "rtsp", title: "Real-Time Streaming Protocol", specification: "RFC 2326; RFC 7826",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    let asked = NumberedMessage.first(in: conversation, from: .client, of: "RTSP")
    let answered = NumberedMessage.first(in: conversation, from: .server, of: "RTSP")
    if asked.isWrong && answered.message == nil || answered.isWrong { return .no }
    let request = asked.message
    let response = answered.message
    // Nmap's probe: no number, no field, and no player begins so.
    let isProbe = conversation.client.bytes.starts(with: "OPTIONS / RTSP/1.0\r\n\r\n".utf8)
    guard request?.status == nil, response == nil || response?.status != nil || request == nil
    else {
      return .no
    }
    if let request {
      guard methods.contains(request.method ?? "") else { return .no }
    }
    let strength: Recognition.Strength
    switch (request, response) {
    case (let request?, let response?):
      strength = request.number != nil && request.number == response.number ? .proven : .answered
    case (let request?, nil):
      guard request.number != nil, request.head.isSound else { return .undecided }
      strength = .oneSided
    case (nil, let response?):
      guard response.status != nil, response.number != nil || asked.isWrong else {
        return .undecided
      }
      strength = .oneSided
    case (nil, nil): return .undecided
    }
    var grounds: [Ground] = []
    var facts: [Fact] = []
    if let request {
      grounds.append(
        Ground(.client, request.head.offset, request.head.startLine.count, "request line"))
      if let method = request.method { facts.append(Fact(.method, method)) }
      if let target = request.target { facts.append(Fact(.path, target)) }
      if let agent = request.head["user-agent"] { facts.append(Fact(.userAgent, agent)) }
    }
    if let response {
      grounds.append(
        Ground(.server, response.head.offset, response.head.startLine.count, "status line"))
      if let status = response.status { facts.append(Fact(.status, String(status))) }
      if let server = response.head["server"] { facts.append(Fact(.server, server)) }
      if let type = response.head["content-type"] { facts.append(Fact(.contentType, type)) }
      if let session = response.head["session"] { facts.append(Fact(.session, session)) }
    }
    return .yes(
      Recognition(
        "rtsp", strength, grounds: grounds, facts: facts, tool: isProbe ? "nmap" : nil,
        isElaborate: request?.number != nil))
  }.orFromFirstBytes

  private static let methods: Set<String> = [
    "OPTIONS", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER",
    "SET_PARAMETER", "REDIRECT", "RECORD", "PLAY_NOTIFY", "FLUSH",
  ]
}

/// A message in HTTP's form of a protocol that numbers its messages by CSeq, or of ICAP, which has no numbers.
struct NumberedMessage {
  /// Start line and fields.
  let head: HTTPHead
  /// A request's method.
  let method: String?
  /// A request's target.
  let target: ArraySlice<UInt8>?
  /// A response's status.
  let status: Int?

  /// The value of CSeq.
  var number: Int? { head["cseq"]?.asDecimal }

  /// What a side holds.
  struct Finding {
    var message: NumberedMessage?
    var isWrong = false
  }

  /// The first message of a side of the protocol that calls itself `name`, version 1 or 2.
  static func first(in conversation: Conversation, from side: Side, of name: String) -> Finding {
    let said = conversation[side]
    guard !said.bytes.isEmpty else { return Finding() }
    for start in conversation.messageStarts(of: side) {
      if let head = HTTPHead(said.bytes, at: start), let message = NumberedMessage(head, of: name) {
        if said.beginsAtStart || message.number != nil { return Finding(message: message) }
      }
    }
    guard said.beginsAtStart else { return Finding() }
    return Finding(
      isWrong: said.bytes.prefix(2048).contains(10) || !said.bytes.prefix(2048).dropLast().isText)
  }

  private init?(_ head: HTTPHead, of name: String) {
    self.head = head
    for major: UInt8 in [1, 2] {
      if let line = HTTPRequestLine(head.startLine, of: name, major: major) {
        method = line.method
        target = line.target
        status = nil
        return
      }
      if let line = HTTPStatusLine(head.startLine, of: name, major: major) {
        method = nil
        target = nil
        status = line.status
        return
      }
    }
    return nil
  }
}
