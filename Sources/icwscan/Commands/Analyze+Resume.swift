import ArgumentParser
import Captures
import Identify
import Packets
import Report
import Verdicts

extension Analyze {
  /// A state file keeps sums: what needs the packets or the flows of inputs that are done can't go on.
  func refuseWithResume() throws {
    let refused: [(Bool, String)] = [
      (join, "--join"), (mergeable, "--mergeable"), (write.file != nil, "-w"),
      (groups.groupBy != nil, "--group-by"), (packets.count != nil, "-c"),
    ]
    for (isThere, name) in refused where isThere {
      throw ValidationError(
        "\(name) needs all inputs, of which --resume leaves out what is done: leave one out")
    }
    if follow {
      throw ValidationError("--follow has no end that --resume could note: leave one out")
    }
    if (words + read).contains("-") {
      throw ValidationError("--resume can't go on in standard input: name files or folders")
    }
  }

  /// The state in the file of `--resume`; nil without one.
  func state(
    _ inputs: [InputList.Input], _ context: VerdictContext, _ expression: String?
  ) throws -> ResumeState? {
    guard let resume else { return nil }
    if inputs.contains(where: { $0.path == "-" }) {
      throw ValidationError("--resume can't go on in standard input: name files or folders")
    }
    return try ResumeState(path: resume, question: question(context, expression), inputs: inputs)
  }

  /// All that what is found in an input hangs on, the same words for the same: findings of something else can't be added.
  private func question(_ context: VerdictContext, _ expression: String?) -> [String] {
    var parts = [Version.text, "port \(context.port)", "filter \(expression ?? "")"]
    parts += narrowing.words
    parts += context.icwServers.map { "icw-server \($0)" }.sorted()
    parts += context.kpnPrefixes.map { "kpn-prefix \($0)" }.sorted()
    parts += context.rules.map { rule in
      "rule \(rule.name) \(rule.transports.map(\.rawValue).sorted()) \(rule.carrier ?? "") \(rule.conditions)"
    }
    return parts
  }
}
