import Flows
import Verdicts

/// A flow in a few words.
enum FlowWords {
  /// What the bytes told; without that the tool, the service's port, or how far the connection got.
  static func details(_ record: FlowRecord) -> String? {
    let verdict = record.verdict
    var parts: [String] = []
    if verdict.role == .client, let port = verdict.servicePort {
      parts.append("service port \(port)")
    }
    if let spoofing = verdict.spoofing { parts.append("port spoofer: " + Escaped.text(spoofing)) }
    if let summary = FactWords.summary(of: verdict, at: record.flow.first) { parts.append(summary) }
    if let tool = verdict.tool { parts.append("tool " + Escaped.text(tool)) }
    if parts.isEmpty, let reason = reason(of: verdict) {
      parts.append(Words.of(reason))
    } else if parts.isEmpty, verdict.verdictClass == .undetermined, let state = record.flow.state {
      parts.append(Words.of(state))
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// What says in a word why a flow is a scan, backscatter or undetermined; nil where nothing does.
  static func reason(of verdict: Verdict) -> EvidenceItem? {
    verdict.evidence.first { reasons.contains($0.item) }?.item
  }

  /// Items that say in a word why a flow is a scan, backscatter or undetermined.
  static let reasons: Set<EvidenceItem> = [
    .zmap, .masscan, .nmapSYN, .oddFlags, .halfOpenReset, .manyTargets, .flood,
    .unsolicitedSYNAcknowledgement, .unsolicitedReset, .quotedDatagram, .unanswered, .refused,
    .givenUp,
    .silent, .stray, .captureLosses, .noAnswer, .zeros, .echo, .opaque, .uncaptured,
  ]
}
