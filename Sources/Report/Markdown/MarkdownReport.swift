import Flows
import Packets
import Sockets
import Verdicts

/// A run on one screen, to be pasted into a ticket: the answer, who holds the port and where that comes from, the flows most
/// worth a look, calls, why, what is missing, and what to do next.
public struct MarkdownReport: Sendable {
  private static let mostRows = 8
  private static let mostSockets = 4
  /// Sockets that wait are shown up to this number.
  private static let mostWaiting = 10
  private static let mostEvidence = 5
  /// Kinds of flows whose evidence is shown, and lines of it for all but the first.
  private static let mostExplained = 3
  private static let mostOfOthers = 2
  private static let mostMissing = 4
  private static let mostCalls = 3
  private static let mostInputs = 3
  /// Characters of a program's path, its parents and the like.
  private static let longest = 120

  private let summary: SummaryRecord
  /// The sockets, without connections that are over: nobody holds those.
  private let survey: PortSurvey?
  private let findings: Findings

  /// A report of what a run amounts to.
  public init(summary: SummaryRecord, findings: Findings) {
    self.summary = summary
    var survey = summary.owners
    survey?.sockets.removeAll { $0.socket.state == .timeWait }
    // Who waits there is the answer, however many are connected.
    let sockets = survey?.sockets ?? []
    survey?.sockets = sockets.filter(\.socket.waits) + sockets.filter { !$0.socket.waits }
    self.survey = survey
    self.findings = findings
  }

  /// Its lines.
  public var lines: [String] {
    let sentences = Sentence.all(summary)
    var lines = sentences.flatMap { ["**\(Markdown.escape($0))**", ""] }
    for part in [redaction, facts, owner, flows, calls, evidence, missing, next]
    where !part.isEmpty {
      lines += part + [""]
    }
    return lines.dropLast()
  }

  private var redaction: [String] {
    summary.isRedacted ? ["_\(Words.redaction)._"] : []
  }

  /// Who spoke, when, and out of which files.
  private var facts: [String] {
    let text = TextReport()
    let all =
      TalkerWords.lines(summary) + (findings.flows > 0 ? text.span(summary.tally) : []) + inputs
      + text.ending(summary) + text.copies(summary.tally)
      + text.translated(summary.tally)
    return all.map { "- " + Markdown.escape($0) }
  }

  /// What was read: a few names, and how many more.
  private var inputs: [String] {
    guard let files = summary.files, !findings.inputs.isEmpty else { return [] }
    let names = findings.inputs.prefix(Self.mostInputs).map {
      Escaped.cut(Escaped.text($0), to: Self.longest)
    }
    let more = findings.allInputs - names.count
    let told = names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return files == 1 && findings.allInputs == 1
      ? ["read: \(told)"]
      : ["read: \(Amounts.count(files, "capture file")) out of \(told)"]
  }

  private var owner: [String] {
    guard let survey, !survey.sockets.isEmpty else { return [] }
    let text = TextReport()
    var lines = ["Who holds it:", ""]
    let shown = max(
      Self.mostSockets, min(survey.sockets.count(where: \.socket.waits), Self.mostWaiting))
    for (index, owned) in survey.sockets.prefix(shown).enumerated() {
      let socket = owned.socket
      let place = socket.isListening ? text.exposure(owned) : nil
      let peer = socket.peer.map { " to \($0)" } ?? ""
      let what =
        place ?? "\(socket.transport.rawValue) \(socket.state.rawValue) "
        + (socket.local?.description ?? "?") + peer
      let holders = owned.holders.map { holder in
        [
          ProcessWords.of(holder.process),
          holder.process.unit.map { "unit \(Escaped.text($0))" },
          holder.provenance?.container.map { "container \(ContainerWords.of($0))" },
        ].compactMap(\.self).joined(separator: ", ")
      }
      let who =
        holders.isEmpty
        ? "no known process (\(owned.missing.map { Words.of($0, of: socket) } ?? "unknown"))"
        : holders.joined(separator: "; ")
      lines.append("- " + Markdown.escape("\(what): \(who)"))
      lines += owned.holders.prefix(index < Self.mostSockets ? 1 : 0).map {
        "  - " + Markdown.escape(Self.origin($0))
      }
    }
    let more = survey.sockets.count - shown
    if more > 0 { lines.append("- \(Amounts.count(more, "more socket"))") }
    return lines
  }

  /// Where the program is and who started it.
  private static func origin(_ holder: Holder) -> String {
    let (process, provenance) = (holder.process, holder.provenance)
    let package = provenance.flatMap { ProvenanceWords.of($0.package) }
    let parents = provenance.map(\.ancestors).flatMap { $0.isEmpty ? nil : $0 }
    return [
      // What became of the file stands in the line above.
      "program " + (process.executable.map { Escaped.text($0) } ?? "not readable"),
      package.map { "package \($0)" },
      process.startTime.map {
        "started \(Times.rfc3339(Timestamp(nanoseconds: $0), digits: 0))"
      },
      provenance?.origin.map { "by \(ProvenanceWords.of($0))" },
      parents.map { "parents \(ProvenanceWords.chain($0))" },
    ].compactMap { $0.map { Escaped.cut($0, to: longest) } }.joined(separator: "; ")
  }

  private var flows: [String] {
    guard !findings.rows.isEmpty else { return [] }
    // Those with everything known of them are the ones most worth a look.
    let rows = FlowGroup.all(of: findings, first: findings.sortedDetails.map(\.number))
    let shown = FlowGroup.inTime(rows.prefix(Self.mostRows))
    let lines = [
      "| Began | Client | Server | Verdict | What | Flows | Packets |",
      "| --- | --- | --- | --- | --- | ---: | ---: |",
    ]
    let more = findings.flows - shown.reduce(0) { $0 + $1.flows }
    return lines
      + shown.map { "| " + $0.cells.map(Markdown.escape).joined(separator: " | ") + " |" }
      + (more > 0 ? ["", "and \(Amounts.count(more, "more flow"))."] : [])
      + (findings.flows > findings.rows.count
        ? ["", "The rows add up the first \(findings.rows.count) flows."] : [])
  }

  /// The calls that were announced.
  private var calls: [String] {
    let shown = findings.sortedCalls.prefix(Self.mostCalls).flatMap { TextReport().call($0) }
    guard !shown.isEmpty else { return [] }
    let more = findings.allCalls - Self.mostCalls
    return ["Calls:", ""] + shown.map { "- " + Markdown.escape($0) }
      + (more > 0 ? ["- and \(Amounts.count(more, "more call"))"] : [])
  }

  /// What speaks for and against the verdicts: at length for the first of the flows, in few lines for one of each other kind.
  private var evidence: [String] {
    var told: Set<String> = []
    var lines: [String] = []
    for record in findings.sortedDetails.map(\.record) where told.count < Self.mostExplained {
      let verdict = record.verdict
      let kind = "\(verdict.verdictClass.rawValue) \(verdict.application ?? "")"
      guard told.insert(kind).inserted else { continue }
      let part = explanation(record, isFirst: told.count == 1)
      if !part.isEmpty { lines += (lines.isEmpty ? [] : [""]) + part }
    }
    return lines
  }

  private func explanation(_ record: FlowRecord, isFirst: Bool) -> [String] {
    let words = isFirst ? ["for: ", "against: ", "bytes: ", "note: "] : ["for: ", "against: "]
    let shown = TextReport().explanation(record)
      .filter { line in words.contains { line.hasPrefix($0) } }
      .prefix(isFirst ? Self.mostEvidence : Self.mostOfOthers)
    let prints = isFirst ? record.fingerprint.map(FingerprintWords.lines) ?? [] : []
    guard !shown.isEmpty || !prints.isEmpty else { return [] }
    return [
      Markdown.escape("Evidence for \(record.flow.client) \(record.arrow) \(record.flow.server):"),
      "",
    ]
      + shown.map { "- " + Markdown.escape($0) } + prints.map { "- " + Markdown.code($0) }
  }

  private var missing: [String] {
    let gaps = Missing.allCases.compactMap { item in
      findings.missing[item].map { "\(Words.of(item)) (\(Amounts.count($0, "flow")))" }
    }
    let owner = survey.map { TextReport().notes($0, port: summary.port) } ?? []
    let dropped = summary.counters.dropped.flatMap {
      $0 > 0 ? "\(Amounts.count($0, "packet")) dropped by the kernel" : nil
    }
    let errors = findings.errors.map { Words.line($0) }
    let all =
      errors + [dropped].compactMap(\.self) + gaps
      + owner.filter { $0.contains("without a process") || $0.contains("could not") }
    guard !all.isEmpty else { return [] }
    return ["Missing:", ""] + all.prefix(Self.mostMissing).map { "- " + Markdown.escape($0) }
  }

  private var next: [String] {
    let steps = NextStep.all(summary, findings)
    guard !steps.isEmpty else { return [] }
    return ["Next:", ""]
      + steps.map { step in
        "- " + Markdown.escape(step.aim) + (step.command.map { ": " + Markdown.code($0) } ?? "")
      }
  }
}
