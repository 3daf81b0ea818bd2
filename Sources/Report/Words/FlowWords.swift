import Flows
import Packets
import Sockets
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
    if let refusal = record.refusal {
      parts.append((refusal.isRejected ? "rejected" : "dropped") + " by the local firewall")
    } else if let silence = silence(record) {
      parts.append(silence)
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Nanoseconds in which an answer comes, if one comes.
  private static let patience: Int64 = 1_000_000_000
  /// Applications whose clients ask, and are answered.
  private static let asking: Set = ["http", "rtsp", "icap", "dns"]

  /// That the client alone said something, where an answer would have been expected or nobody knows of what it was.
  private static func silence(_ record: FlowRecord) -> String? {
    let (flow, verdict) = (record.flow, record.verdict)
    // What the capture lost, or cut off, may have been the answer.
    let watched = flow.watchedUntil.map { $0.nanoseconds(since: flow.last) } ?? 0
    guard flow.end == .closed || flow.end == .idle || watched >= patience,
      !verdict.missing.contains(.lostSegments), !record.areEndsOpen, flow.startSeen,
      flow.clientCounters.payloadBytes > 0, flow.serverCounters.payloadBytes == 0,
      // What a router or the host says instead stands behind.
      flow.icmpErrors == 0
    else { return nil }
    let hasAsked = asking.contains(verdict.application ?? "")
    let isUnnamed = verdict.verdictClass == .undetermined && reason(of: verdict) == .opaque
    guard hasAsked || isUnnamed else { return nil }
    return flow.serverCounters.packets > 0 ? "not answered" : "no answer was captured"
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
