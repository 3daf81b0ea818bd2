import Identify
import Packets
import Verdicts

/// The few facts of a recognition that fit into a line.
enum FactWords {
  /// Characters of one fact in a line.
  static let longest = 120

  /// `GET / example.com, Apache/1.3`: what was asked for, then who answered; escaped; nil without facts. A certificate is
  /// held against `time`, when the flow began.
  static func summary(of verdict: Verdict, at time: Timestamp? = nil) -> String? {
    // Calls tell more than the requests that carried them.
    if let calls = calls(verdict), calls > 0 { return Amounts.count(calls, "call") }
    guard let facts = verdict.recognition?.facts, !facts.isEmpty else { return nil }
    var values: [Field: String] = [:]
    for fact in facts where values[fact.field] == nil && !fact.value.isEmpty {
      values[fact.field] = words(fact, of: verdict.application).map {
        Escaped.cut(Escaped.text($0), to: longest)
      }
    }
    let asked = [.method, .path, .host, .question].compactMap { (field: Field) in values[field] }
    var parts = asked.isEmpty ? [] : [asked.joined(separator: " ")]
    if refusals.contains(verdict.application ?? ""), let answer = answer(values) {
      parts.append("answered " + answer)
    }
    values[.certificateSubject] = certificate(facts, values, time)
    let room = most + (parts.count > 1 ? 1 : 0)
    for field in order {
      if let value = values[field], !parts.contains(value) { parts.append(value) }
    }
    if parts.isEmpty, let first = facts.first(where: { values[$0.field] != nil }) {
      let name = first.field.rawValue.split(separator: "_").joined(separator: " ")
      parts = [name + " " + (values[first.field] ?? "")]
    }
    return parts.isEmpty ? nil : parts.prefix(room).joined(separator: ", ")
  }

  /// 1995-01-01T00:00:00Z; captures of before are of clocks that were not set.
  private static let firstBelieved: Int64 = 788_918_400_000_000_000

  /// Whose certificate it is, and what it says against itself: that nobody else vouches for it, or that it did not hold.
  /// Nil where it only repeats the name that was asked for.
  private static func certificate(
    _ facts: [Fact], _ values: [Field: String], _ time: Timestamp?
  ) -> String? {
    func fact(_ field: Field) -> String? { facts.first { $0.field == field }?.value }
    var notes: [String] = []
    // A clock that was never set says nothing of a certificate.
    if let time, time.nanoseconds > firstBelieved {
      // Times of this form sort as texts do.
      let now = Times.rfc3339(time, digits: 0)
      if let end = fact(.certificateNotAfter), end.hasSuffix("Z"), end < now {
        notes.append("expired \(end.prefix(10))")
      }
      if let start = fact(.certificateNotBefore), start.hasSuffix("Z"), start > now {
        notes.append("not valid before \(start.prefix(10))")
      }
    }
    let isSelfIssued = fact(.certificateSelfIssued) != nil
    let name = values[.certificateSubject].flatMap { $0 == values[.serverName] ? nil : $0 }
    guard name != nil || isSelfIssued || !notes.isEmpty else { return nil }
    if name == nil, !isSelfIssued { return "certificate " + notes.joined(separator: ", ") }
    let certificate =
      (isSelfIssued ? "self-issued " : "") + "certificate" + (name.map { " of \($0)" } ?? "")
    return ([certificate] + notes).joined(separator: ", ")
  }

  /// The status of a refusal, or how often was answered what where that was not always the same, with the first request
  /// that got less; nil where all that was
  /// asked for was given.
  private static func answer(_ values: [Field: String]) -> String? {
    let isRefusal = values[.status].flatMap { Int($0) }.map { $0 >= 400 } ?? false
    guard let answers = values[.answers] else { return isRefusal ? values[.status] : nil }
    guard isRefusal || answers.contains(",") else { return nil }
    return answers + (values[.refused].map { " (first \($0))" } ?? "")
  }

  /// A fact as it reads in a line; nil where it only repeats what the line says anyway.
  private static func words(_ fact: Fact, of application: String?) -> String? {
    switch fact.field {
    case .version where isBareNumber(fact.value):
      // The version of HTTP/1 tells nobody anything.
      return ["http", "websocket"].contains(application)
        ? nil : "protocol version " + fact.value
    case .upgrade where fact.value == application: return nil
    // What other protocols report stands behind what was asked for, if anywhere.
    case .error: return application == "tls" || application == "dtls" ? "alert " + fact.value : nil
    case .from, .to:
      // SIP's tags and parameters behind the address name no party (RFC 3261 section 20.20).
      let party = fact.value.firstIndex(of: ">").map { String(fact.value[...$0]) } ?? fact.value
      return "\(fact.field.rawValue) \(party)"
    case .user where application == "snmp": return "community " + fact.value
    // A bare name does not show whose it is.
    case .user, .database: return "\(fact.field.rawValue) \(fact.value)"
    case .clientID, .userAgent: return "client " + fact.value
    default: return fact.value
    }
  }

  private static func isBareNumber(_ value: String) -> Bool {
    !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
  }

  /// The calls of an ICW flow; nil for any other flow.
  static func calls(_ verdict: Verdict) -> Int? {
    guard [.genuineKPNICW, .icwFamily].contains(verdict.verdictClass) else { return nil }
    return verdict.evidence.count { $0.item == .icwCall }
  }

  /// Facts in one line, beside an answer that refuses.
  private static let most = 3
  /// Protocols whose answers have HTTP's numbers: from 400 on what was asked for was not given (RFC 9110 section 15).
  private static let refusals: Set = ["http", "http2", "grpc", "websocket", "rtsp", "sip", "icap"]

  private static let order: [Field] = [
    .product, .serverName, .error, .certificateSubject, .server, .serverBanner, .upgrade,
    .alpnChosen,
    .alpn, .version, .message,
    .database, .user,
    .clientID, .topic, .from, .to, .userAgent, .clientBanner,
  ]

  /// Every fact with its name, for `--explain`.
  static func all(of verdict: Verdict) -> [String] {
    let facts = verdict.recognition?.facts ?? []
    let lines = facts.map { fact in
      fact.field.rawValue.split(separator: "_").joined(separator: " ") + ": "
        + Escaped.text(fact.value)
    }
    // Who looks for it should know why it is not there (RFC 8446 section 4.4.2).
    let isHidden =
      verdict.application == "tls"
      && facts.contains { $0.field == .version && $0.value == "TLS 1.3" }
    return lines + (isHidden ? ["certificate: not to be seen, TLS 1.3 encrypts it"] : [])
  }
}
