import Flows
import Packets

extension Recogniser {
  /// ICAP: HTTP messages handed to a server that adapts them, in HTTP's form (RFC 3507 section 4).
  static let icap = Recogniser(
    name: "icap", title: "Internet Content Adaptation Protocol",
    specification: "RFC 3507 section 4",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let asked = NumberedMessage.first(in: conversation, from: .client, of: "ICAP")
    let answered = NumberedMessage.first(in: conversation, from: .server, of: "ICAP")
    if asked.isWrong || answered.isWrong { return .no }
    guard let request = asked.message else { return .undecided }
    guard let method = request.method, ["REQMOD", "RESPMOD", "OPTIONS"].contains(method),
      let target = request.target, answered.message == nil || answered.message?.status != nil
    else { return .no }
    guard
      target.startsIgnoringCase("icap://") || target.startsIgnoringCase("icaps://")
        || target.first == 0x2f
    else { return .no }
    guard answered.message != nil || request.head["host"] != nil else { return .undecided }
    var facts = [Fact(.method, method), Fact(.path, target)]
    if let host = request.head["host"] { facts.append(Fact(.host, host)) }
    if let agent = request.head["user-agent"] { facts.append(Fact(.userAgent, agent)) }
    var grounds = [
      Ground(.client, request.head.offset, request.head.startLine.count, "request line")
    ]
    if let response = answered.message, let status = response.status {
      facts.append(Fact(.status, String(status)))
      if let server = response.head["server"] { facts.append(Fact(.server, server)) }
      grounds.append(
        Ground(.server, response.head.offset, response.head.startLine.count, "status line"))
    }
    return .yes(
      Recognition(
        "icap", answered.message == nil ? .oneSided : .answered, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}
