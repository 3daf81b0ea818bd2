import Verdicts

/// The comment that goes into a capture file with a flow: one line, without anything that a viewer could stumble over.
public enum PcapComment {
  /// `icwscan: other-application http (GET /); server python3 -m http.server 3699 (pid 4121, alice)`.
  public static func text(_ record: FlowRecord) -> String {
    var text = "icwscan: " + record.verdict.verdictClass.rawValue
    if let application = record.verdict.application { text += " " + Escaped.text(application) }
    if let spoofing = record.verdict.spoofing {
      text += " (port spoofer: \(Escaped.text(spoofing)))"
    }
    if let summary = FactWords.summary(of: record.verdict) { text += " (\(summary))" }
    if let tool = record.verdict.tool { text += "; tool " + Escaped.text(tool) }
    if let server = record.serverProcess { text += "; server \(ProcessWords.of(server))" }
    if let client = record.clientProcess { text += "; client \(ProcessWords.of(client))" }
    return text
  }
}
