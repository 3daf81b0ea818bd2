import Identify
import Verdicts

/// The few facts of a recognition that fit into a line.
enum FactWords {
  /// Characters of one fact in a line.
  static let longest = 120

  /// `GET / example.com, Apache/1.3`: what was asked for, then who answered; escaped; nil without facts.
  static func summary(of verdict: Verdict) -> String? {
    guard let facts = verdict.recognition?.facts, !facts.isEmpty else { return nil }
    var values: [Field: String] = [:]
    for fact in facts where values[fact.field] == nil && !fact.value.isEmpty {
      values[fact.field] = Escaped.cut(Escaped.text(fact.value), to: longest)
    }
    let asked = [.method, .path, .host, .question].compactMap { (field: Field) in values[field] }
    var parts = asked.isEmpty ? [] : [asked.joined(separator: " ")]
    for field in order {
      if let value = values[field], !parts.contains(value) { parts.append(value) }
    }
    if parts.isEmpty, let first = facts.first(where: { !$0.value.isEmpty }) {
      parts = [Escaped.cut(Escaped.text(first.value), to: longest)]
    }
    return parts.isEmpty ? nil : parts.prefix(most).joined(separator: ", ")
  }

  /// Facts in one line.
  private static let most = 3

  private static let order: [Field] = [
    .serverName, .server, .serverBanner, .upgrade, .alpnChosen, .alpn, .version, .message,
    .database, .user,
    .clientID, .topic, .from, .to, .userAgent, .clientBanner,
  ]

  /// Every fact with its name, for `--explain`.
  static func all(of verdict: Verdict) -> [String] {
    (verdict.recognition?.facts ?? []).map { fact in
      fact.field.rawValue.split(separator: "_").joined(separator: " ") + ": "
        + Escaped.text(fact.value)
    }
  }
}
