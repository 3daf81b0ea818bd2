import Flows
import Packets

extension Recogniser {
  /// PostgreSQL's frontend/backend protocol 3.x: the client opens with a packet without type (SSLRequest,
  /// GSSENCRequest, CancelRequest or StartupMessage), everything else has a type byte and a length.
  static let postgresql = Recogniser(
    name: "postgresql", title: "PostgreSQL",
    specification: "PostgreSQL documentation, chapter Frontend/Backend Protocol, Message Formats",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = PostgreSQLClient(conversation.client)
    guard !client.isWrong else { return .no }
    let server = PostgreSQLServer(conversation.server, after: client)
    guard !server.isWrong else { return .no }
    let strength: Recognition.Strength? =
      switch (client.isSure, server.isSure) {
      case (true, true): .answered
      case (true, false): .oneSided
      case (false, true) where server.isStrong:
        conversation.client.bytes.isEmpty ? .oneSided : client.hasCommand ? .answered : nil
      default: nil
      }
    guard let strength else { return .undecided }
    var grounds: [Ground] = []
    if client.isSure {
      let start = min(client.lastOpening, client.opening)
      grounds.append(Ground(.client, start, client.opening - start, "start-up packet"))
    }
    if server.isSure { grounds.append(Ground(.server, 0, server.opening, "answer")) }
    var facts: [Fact] = []
    if let version = client.version { facts.append(Fact(.version, version)) }
    for (key, field) in [
      ("user", Field.user), ("database", .database), ("application_name", .userAgent),
    ] {
      if let value = client.parameters[key] { facts.append(Fact(field, value)) }
    }
    if let version = server.parameters["server_version"] {
      facts.append(Fact(.server, "PostgreSQL " + version))
    }
    if let mechanism = server.authentication { facts.append(Fact(.status, mechanism)) }
    if let error = server.error { facts.append(Fact(.error, error)) }
    if let query = client.query { facts.append(Fact(.message, query)) }
    if server.upgrades { facts.append(Fact(.upgrade, client.asksForGSS ? "gssapi" : "tls")) }
    return .yes(Recognition("postgresql", strength, grounds: grounds, facts: facts))
  }
}
