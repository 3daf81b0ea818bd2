import Verdicts

/// The quieter parts of a page: counters, what is missing, inputs, and what the classes mean.
struct HTMLNotes {
  let summary: SummaryRecord
  let findings: Findings

  /// What was counted, what could not be read, and the evidence that is not there.
  var counted: Markup {
    let counters =
      summary.files != nil || summary.counters.received > 0
      ? TextReport().drops(summary.counters) : []
    let left = summary.tally.leftOut
    var lines = counters
    if let files = summary.files {
      lines.insert(Amounts.count(files, "capture file") + " read" + summary.emptyWords, at: 0)
    }
    if let other = summary.otherFiles, other > 0 {
      lines.append("\(Amounts.count(other, "other file")) passed over")
    }
    lines += TextReport().captured(summary)
    lines +=
      TextReport().ending(summary) + TextReport().copies(summary.tally)
      + TextReport().translated(summary.tally)
    if left > 0 { lines.append("\(Amounts.count(left, "flow")) left out by the selection") }
    lines += findings.errors.map { Words.line($0) }
    let more = findings.allErrors - findings.errors.count
    if more > 0 { lines.append(Amounts.count(more, "more error")) }
    let missing = Missing.allCases.compactMap { item in
      findings.missing[item].map {
        Markup.element(
          "tr", .element("td", ["class": "number"], "\($0)"), .element("td", Words.of(item)))
      }
    }
    let table: Markup =
      missing.isEmpty
      ? .none
      : .element(
        "table", .element("caption", "Evidence that would settle or change verdicts"),
        .element(
          "thead",
          .element(
            "tr", .element("th", ["scope": "col", "class": "number"], "Flows"),
            .element("th", ["scope": "col"], "What they lack"))), .element("tbody", missing))
    let list: Markup =
      lines.isEmpty
      ? .element("p", "No packet was looked at: this is what the host's own sockets say.")
      : .element("ul", lines.map { .element("li", $0) })
    return list + table
  }

  /// What was read.
  var inputs: Markup {
    let more = findings.allInputs - findings.inputs.count
    let items =
      findings.inputs.map { Markup.element("li", ["class": "mono"], Escaped.text($0)) }
      + (more > 0 ? [.element("li", "\(more) more")] : [])
    return .element("ul", items)
  }

  /// The classes that occurred, and what they mean.
  var classes: Markup {
    let counts = VerdictClass.allCases.map { verdictClass in
      summary.tally.transports.values.reduce(0) { $0 + ($1.classes[verdictClass] ?? 0) }
    }
    let rows = zip(VerdictClass.allCases, counts).map { verdictClass, count in
      Markup.element(
        "tr", .element("td", VerdictMark.badge(verdictClass)),
        .element("td", ["class": "number"], count > 0 ? "\(count)" : "\u{2013}"),
        .element("td", Words.of(verdictClass)))
    }
    return .element(
      "table", .element("caption", "The eight answers"),
      .element(
        "thead",
        .element(
          "tr", .element("th", ["scope": "col"], "Verdict"),
          .element("th", ["scope": "col", "class": "number"], "Flows"),
          .element("th", ["scope": "col"], "Means"))), .element("tbody", rows))
  }
}
