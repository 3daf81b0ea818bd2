import Flows
import Verdicts

/// The comment that goes into a capture file with a flow: one line, without anything that a viewer could stumble over.
public enum PcapComment {
  /// `icwscan: other-application http (GET /); server python3 -m http.server 3699 (pid 4121, alice)`.
  public static func text(_ record: FlowRecord) -> String {
    var text = short(record.verdict)
    if let spoofing = record.verdict.spoofing {
      text += " (port spoofer: \(Escaped.text(spoofing)))"
    }
    if let summary = FactWords.summary(of: record.verdict, at: record.flow.first) {
      text += " (\(summary))"
    }
    if let tool = record.verdict.tool { text += "; tool " + Escaped.text(tool) }
    for (end, process) in record.namedProcesses { text += "; \(end) \(ProcessWords.of(process))" }
    if let process = record.unplacedProcess { text += "; at one end \(ProcessWords.of(process))" }
    return text
  }

  /// The same for ICMP errors without their flow.
  public static func text(_ record: OrphanRecord) -> String {
    short(record.verdict) + " (\(ICMPWords.of(record.orphan.error)))"
  }

  private static func short(_ verdict: Verdict) -> String {
    "icwscan: " + verdict.verdictClass.rawValue
      + (verdict.application.map { " " + Escaped.text($0) } ?? "")
  }
}
