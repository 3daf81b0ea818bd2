import Digests
public import Packets
import Sockets
import Verdicts

/// A run as one page of HTML that needs nothing else: no network, no other file, and its script only for comfort.
public struct HTMLReport: Sendable {
  private let summary: SummaryRecord
  private let findings: Findings
  private let names: [IPAddress: String]
  private let version: String

  /// A report.
  ///
  /// - Parameters:
  ///   - summary: What everything amounts to, with the sockets where somebody looked.
  ///   - findings: The flows, calls, errors and inputs of the run.
  ///   - names: Names of addresses of sockets, raw.
  ///   - version: This program's name and version.
  public init(
    summary: SummaryRecord, findings: Findings, names: [IPAddress: String] = [:], version: String
  ) {
    self.summary = summary
    self.findings = findings
    self.names = names
    self.version = version
  }

  /// The page.
  public var text: String {
    let page = Markup.element(
      "html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en"], head,
      .element("body", header, .element("main", sections), footer, .code("script", HTMLScript.text))
    )
    return "<!DOCTYPE html>\n" + page.source + "\n"
  }

  private var title: String { "Port \(summary.port): what icwscan found" }

  private var head: Markup {
    .element(
      "head", .element("meta", ["charset": "utf-8"]),
      .element(
        "meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
      .element(
        "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("meta", ["name": "referrer", "content": "no-referrer"]),
      .element("meta", ["name": "generator", "content": version]),
      .element("title", title), .code("style", HTMLStyle.text))
  }

  /// Nothing may be loaded or run but this program's own style sheet and script, known by their digests (CSP level 3).
  static let policy =
    "default-src 'none'; style-src '\(digest(HTMLStyle.text))'; "
    + "script-src '\(digest(HTMLScript.text))'; base-uri 'none'; form-action 'none'"

  private static func digest(_ text: String) -> String {
    "sha256-" + Base64.text(SHA256.of(Array(text.utf8).span))
  }

  /// The answer, what to do next, and the figures.
  private var header: Markup {
    // The transport with the strongest finding first; `min` keeps the first of equals.
    let sentences = zip(Transport.allCases, Sentence.all(summary)).map {
      (rank: rank($0, $1), text: $1)
    }
    let place = sentences.indices.min { sentences[$0].rank < sentences[$1].rank } ?? 0
    let others = sentences.indices.filter { $0 != place }.map { sentences[$0].text }
    let steps = NextStep.all(summary, findings)
    return .element(
      "header",
      .element("p", ["class": "kicker"], kicker),
      .element("h1", Self.headline(sentences[place].text)),
      .all((others + TalkerWords.lines(summary)).map { .element("p", ["class": "sentence"], $0) }),
      summary.isRedacted
        ? .element("p", ["class": "sentence"], Words.redaction + ".") : .none,
      steps.isEmpty
        ? .none
        : .element(
          "section", ["class": "next", "aria-labelledby": "next"],
          .element("h2", ["id": "next"], "What to do next"),
          .element("ol", steps.map { step($0) })),
      facts)
  }

  /// The less, the more a transport's sentence has to say.
  private func rank(_ transport: Transport, _ sentence: String) -> Int {
    let classes = summary.tally.transports[transport]?.classes ?? [:]
    if let place = Sentence.order.firstIndex(where: { classes[$0] != nil }) { return place }
    return sentence.hasSuffix("nothing seen") ? Sentence.order.count + 1 : Sentence.order.count
  }

  /// The answer, and quieter what follows it.
  private static func headline(_ sentence: String) -> [Markup] {
    let parts = sentence.split(separator: "; ", maxSplits: 1)
    guard parts.count == 2 else { return [Markup(sentence)] }
    return [Markup(String(parts[0]) + "; "), .element("span", String(parts[1]))]
  }

  private func step(_ step: NextStep) -> Markup {
    .element(
      "li", Markup(Self.sentence(step.aim)),
      step.command.map { .element("code", $0) } ?? .none)
  }

  /// The first letter a capital.
  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private var kicker: String {
    let made = summary.time.map { " \u{b7} " + Times.rfc3339($0, digits: 0) } ?? ""
    return "\(version) \u{b7} port \(summary.port)" + made
  }

  private var facts: Markup {
    let tally = summary.tally
    let sums = tally.transports.values
    var items: [(String, String)] = []
    if summary.files != nil || tally.flows > 0 {
      items = [
        ("flows", "\(tally.flows)"),
        ("packets", "\(sums.reduce(0) { $0 &+ $1.packets })"),
        ("volume", Amounts.bytes(sums.reduce(0) { $0 &+ $1.bytes })),
      ]
    }
    if let first = tally.first, let last = tally.last {
      items.append(("from", Times.rfc3339(first, digits: 0)))
      items.append(("to", Times.rfc3339(last, digits: 0)))
      items.append(("time", Times.duration(last.nanoseconds(since: first))))
    }
    if let survey = summary.owners {
      let processes = Set(survey.sockets.flatMap(\.holders).map(\.process.key)).count
      items.append(("sockets", "\(survey.sockets.count)"))
      items.append(("processes", "\(processes)"))
    }
    guard !items.isEmpty else { return .none }
    return .element(
      "dl", ["class": "facts"],
      items.map { .element("div", .element("dt", $0.0), .element("dd", $0.1)) })
  }

  private var sections: [Markup] {
    var sections: [(id: String, name: String, content: Markup)] = []
    if let timeline = Timeline(findings: findings).markup {
      sections.append(("when", "When", scrolling("Flows over time", timeline)))
    }
    if let survey = summary.owners {
      sections.append(
        (
          "owner", "Who holds the port",
          OwnerTree(survey: survey, port: summary.port, names: names).markup
        ))
    }
    if !findings.rows.isEmpty {
      sections.append(("flows", "Flows", FlowTable(findings: findings).markup))
    }
    if !findings.calls.isEmpty { sections.append(("calls", "Calls", calls)) }
    if !findings.details.isEmpty { sections.append(("evidence", "Evidence", cards)) }
    let notes = HTMLNotes(summary: summary, findings: findings)
    sections.append(("missing", "What was counted, and what is missing", notes.counted))
    if !findings.inputs.isEmpty { sections.append(("inputs", "Inputs", notes.inputs)) }
    if summary.tally.flows > 0 {
      sections.append(("classes", "How to read the verdicts", notes.classes))
    }
    let contents = Markup.element(
      "nav", ["aria-label": "Contents"],
      .element(
        "ul",
        sections.map { .element("li", .element("a", ["href": "#\($0.id)"], $0.name)) }))
    return [contents]
      + sections.map { section in
        .element(
          "section", ["id": section.id, "aria-labelledby": "\(section.id)-name"],
          .element("h2", ["id": "\(section.id)-name"], section.name), section.content)
      }
  }

  private var cards: Markup {
    let details = findings.sortedDetails
    let more = findings.flows - details.count
    let note =
      more > 0
      ? .element(
        "p", ["class": "soft"],
        "The \(details.count) flows most worth a look, of each kind some; icwscan --explain shows "
          + "the evidence of all.")
      : Markup.none
    return note
      + .all(
        details.enumerated().map { FlowCard(detail: $0.element, isOpen: $0.offset == 0).markup })
  }

  private var calls: Markup {
    let lines = findings.sortedCalls.flatMap { TextReport().call($0) }
    let more = findings.allCalls - findings.calls.count
    return .element("ul", lines.map { .element("li", $0) })
      + (more > 0 ? .element("p", "and \(Amounts.count(more, "more call"))") : .none)
  }

  private func scrolling(_ label: String, _ content: Markup) -> Markup {
    .element(
      "div", ["class": "wide", "role": "region", "aria-label": label, "tabindex": "0"], content)
  }

  private var footer: Markup {
    .element(
      "footer",
      .element(
        "p",
        "Port 3699 is registered as kpn-icw; the number is no evidence. KPN published no format, so "
          + "no bytes can prove its service, and what is encrypted or unknown counts for nothing."))
  }
}
