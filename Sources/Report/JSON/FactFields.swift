import Identify
import Verdicts

/// Facts under their ECS names, where ECS has one, and all of them under `icwscan.facts`.
enum FactFields {
  /// Every fact, by its field.
  static func all(_ verdict: Verdict) -> JSONValue? {
    var object = JSONObject()
    for fact in verdict.recognition?.facts ?? [] where object[fact.field.rawValue] == nil {
      object[fact.field.rawValue] = .string(fact.value)
    }
    return object.orNil
  }

  /// Adds ECS's fields to a record.
  static func add(_ verdict: Verdict, to record: inout JSONObject) {
    guard let recognition = verdict.recognition else { return }
    let facts = Dictionary(recognition.facts.map { ($0.field, $0.value) }) { first, _ in first }
    let names = [recognition.application, recognition.refines]
    if let agent = facts[.userAgent] {
      record["user_agent"] = .object(["original": .string(agent)])
    }
    if names.contains(where: { $0 == "http" || $0 == "websocket" }) { addHTTP(facts, to: &record) }
    let isQuestion = names.contains { ["dns", "mdns", "llmnr"].contains($0) }
    if isQuestion, let name = facts[.question]?.split(separator: " ").first {
      record["dns"] = .object(["question": .object(["name": .string(String(name))])])
    }
    let isTLS = names.contains { ["tls", "dtls"].contains($0) }
    let server: JSONObject = [
      "subject": facts[.certificateSubject].map(JSONValue.string),
      "issuer": facts[.certificateIssuer].map(JSONValue.string),
      "not_before": time(facts[.certificateNotBefore]),
      "not_after": time(facts[.certificateNotAfter]),
    ]
    let tls: JSONObject = [
      "client": facts[.serverName].map { .object(["server_name": .string($0)]) },
      "version": isTLS ? facts[.version].flatMap(number) : nil,
      "cipher": isTLS ? facts[.cipher].map(JSONValue.string) : nil,
      "next_protocol": facts[.alpnChosen].map(JSONValue.string),
      "server": server.orNil,
    ]
    record["tls"] = tls.orNil
  }

  /// A time of a certificate; what stands for it where it is hidden is none.
  private static func time(_ text: String?) -> JSONValue? {
    text.flatMap { $0.hasSuffix("Z") ? JSONValue.string($0) : nil }
  }

  private static func addHTTP(_ facts: [Field: String], to record: inout JSONObject) {
    if let path = facts[.path] {
      let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      record["url"] = .object([
        "path": .string(String(parts[0])),
        "query": parts.count > 1 ? .string(String(parts[1])) : nil,
      ])
    }
    let http: JSONObject = [
      "request": facts[.method].map { .object(["method": .string($0)]) },
      "response": facts[.status].flatMap(statusCode).map { .object(["status_code": .int($0)]) },
    ]
    record["http"] = http.orNil
  }

  /// The leading number of `200` or `200 OK`.
  private static func statusCode(_ text: String) -> Int? {
    text.split(separator: " ").first.flatMap { Int($0) }.flatMap {
      (100...999).contains($0) ? $0 : nil
    }
  }

  /// ECS wants the number alone: `1.2` of `TLS 1.2`, `TLSv1.2` or `DTLS 1.2`.
  private static func number(_ text: String) -> JSONValue? {
    let digits = text.drop { !$0.isASCII || !$0.isNumber }
    let isNumber =
      !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
    return isNumber ? .string(String(digits)) : nil
  }
}
