import Packets
import Verdicts

/// All flows that were kept, a row each, in the order of their first packets. It is whole without the script, which adds
/// sorting, a filter, and shows a part at a time.
struct FlowTable {
  let findings: Findings

  private static let heads: [(name: String, isNumber: Bool)] = [
    ("Began", true), ("Over", false), ("Client", false), ("Server", false), ("Verdict", false),
    ("What was said", false), ("Packets", true), ("Bytes", true), ("Lasted", true),
  ]

  /// The table, and what it leaves out.
  var markup: Markup {
    let details = Set(findings.details.map(\.number))
    let rows = findings.sortedRows.enumerated().map { index, row in
      self.row(row, place: index, hasDetails: details.contains(row.number))
    }
    let heads = Self.heads.map { head in
      Markup.element("th", ["scope": "col", "class": head.isNumber ? "number" : ""], head.name)
    }
    let left = findings.flows - findings.rows.count
    let table = Markup.element(
      "table", ["class": "sortable"],
      .element("caption", caption(left)),
      .element("thead", .element("tr", heads)), .element("tbody", rows))
    return .element(
      "div", ["class": "wide", "role": "region", "aria-label": "Flows", "tabindex": "0"], table)
  }

  private func caption(_ left: Int) -> String {
    let listed = Amounts.count(findings.rows.count, "flow")
    return left == 0
      ? "\(listed), a row each."
      : "\(listed), a row each. \(left) more are counted above and not listed: narrow the report "
        + "with --since, --host or --verdict."
  }

  private func row(_ row: FlowRow, place: Int, hasDetails: Bool) -> Markup {
    let time = Times.rfc3339(row.first, digits: min(row.digits, 3))
    let day = String(time.prefix(10))
    let clock = String(time.dropFirst(11))
    let began: [Markup] = [
      .element("span", ["class": "soft"], day), Markup(" "), Markup(clock),
    ]
    let name = "f\(row.number)"
    let span = row.last.nanoseconds(since: row.first)
    return .element(
      "tr", ["data-verdict": row.verdictClass.rawValue],
      .element(
        "td", ["data-key": "\(place)", "class": "time"],
        hasDetails ? .element("a", ["href": "#\(name)"], began) : .all(began)),
      .element("td", row.transport.rawValue),
      end(row.client, [row.clientName, row.areEndsOpen ? "or server" : nil], row.clientProcess),
      end(row.server, [row.serverName, row.areEndsOpen ? "or client" : nil], row.serverProcess),
      .element("td", VerdictMark.badge(row.verdictClass, row.application)),
      .element(
        "td", ["class": "said"],
        Markup(row.details ?? ""),
        row.missingOwner.map {
          .element("small", "process not known: \(Words.ofFlow($0))")
        } ?? .none),
      number(row.packets, "\(row.packets)"), number(row.bytes, Amounts.bytes(row.bytes)),
      number(Int(max(span, 0)), Times.duration(span)))
  }

  private func number(_ key: Int, _ text: String) -> Markup {
    .element("td", ["data-key": "\(key)", "class": "number"], text)
  }

  private func end(_ endpoint: Endpoint, _ notes: [String?], _ process: String?) -> Markup {
    let notes = notes.compactMap { $0 }.joined(separator: ", ")
    return .element(
      "td", ["class": "end"], .element("span", ["class": "mono"], endpoint.description),
      notes.isEmpty ? .none : .element("small", notes),
      process.map { .element("small", $0) } ?? .none)
  }
}
