import Glibc
import Packets
import Verdicts

/// When flows were on the port: few of them as a line each, many as columns by class.
struct Timeline {
  /// Flows that have a line each.
  private static let mostLines = 40
  private static let width = 1_000
  private static let right = 990.0

  let findings: Findings

  /// The picture; nil without a flow.
  var markup: Markup? {
    guard let range = findings.histogram.columns else { return nil }
    return findings.flows <= Self.mostLines ? lines() : columns(range)
  }

  /// A line a flow.
  private func lines() -> Markup? {
    let rows = findings.sortedRows
    guard let first = rows.map(\.first).min(), let last = rows.map(\.last).max() else { return nil }
    let axis = TimeAxis(first: first, last: last, left: 350, right: 790)
    let pitch = 24.0
    let bottom = Double(rows.count) * pitch + 6
    var content = axis.marks(top: 4, bottom: bottom)
    for (index, row) in rows.enumerated() {
      let y = Double(index) * pitch + 6
      let style = VerdictMark.style(row.verdictClass)
      let start = axis.x(row.first)
      let arrow = row.areEndsOpen ? "\u{2194}" : "\u{2192}"
      let ends = "\(row.client) \(arrow) \(row.server)"
      content.append(SVG.text(0, y + 13, Escaped.cut(ends, to: 51), style: "mono"))
      content.append(
        SVG.box(
          start, y + 3, max(3, axis.x(row.last) - start), 12, style: style,
          hint: "\(ends): \(row.verdictClass.rawValue), from "
            + "\(Times.rfc3339(row.first, digits: row.digits)), "
            + Times.duration(row.last.nanoseconds(since: row.first))))
      content.append(
        SVG.text(
          804, y + 13,
          "\(VerdictMark.sign(row.verdictClass)) \(row.application ?? row.verdictClass.rawValue)",
          style: "fill-\(style)"))
    }
    let description = rows.map {
      "\($0.client) \($0.areEndsOpen ? "and" : "to") \($0.server): \($0.verdictClass.rawValue), from "
        + "\(Times.rfc3339($0.first, digits: 0)) for "
        + Times.duration($0.last.nanoseconds(since: $0.first))
    }.joined(separator: "; ")
    return SVG.picture(
      id: "timeline", width: Self.width, height: Int(bottom) + 26,
      title: "Flows over time", description: description, content)
  }

  /// Columns for each class: how many flows began when, higher for more by the logarithm.
  private func columns(_ range: ClosedRange<Int64>) -> Markup {
    let histogram = findings.histogram
    let classes = Sentence.order.filter { histogram.counts[$0] != nil }
    let left = 190.0
    let pitch = 46.0
    let height = 32.0
    let axis = TimeAxis(
      first: histogram.start(of: range.lowerBound),
      last: histogram.start(of: range.upperBound &+ 1),
      left: left, right: Self.right)
    let bottom = Double(classes.count) * pitch + 4
    let width = (Self.right - left) / Double(range.upperBound - range.lowerBound + 1)
    let most = Double(histogram.counts.values.flatMap(\.values).max() ?? 1)
    var content = axis.marks(top: 4, bottom: bottom)
    var description: [String] = []
    for (index, verdictClass) in classes.enumerated() {
      let counts = histogram.counts[verdictClass] ?? [:]
      let flows = Amounts.count(counts.values.reduce(0, +), "flow")
      let style = VerdictMark.style(verdictClass)
      let base = Double(index) * pitch + pitch - 4
      content.append(
        SVG.text(
          0, base - 16, "\(VerdictMark.sign(verdictClass)) \(verdictClass.rawValue)",
          style: "fill-\(style)"))
      content.append(SVG.text(16, base - 1, flows, style: "soft"))
      content.append(SVG.line(left, base, Self.right, base, style: "base"))
      for (column, count) in counts.sorted(by: { $0.key < $1.key }) {
        let share = (log(Double(count)) + 1) / (log(most) + 1)
        let size = max(3, height * share)
        content.append(
          SVG.box(
            left + Double(column - range.lowerBound) * width, base - size, max(1.5, width - 0.6),
            size, style: style,
            hint: "\(Amounts.count(count, "flow")) of \(verdictClass.rawValue) began within "
              + "\(Times.duration(histogram.width)) from "
              + Times.rfc3339(histogram.start(of: column), digits: 0)))
      }
      let busiest = counts.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }
      description.append(
        "\(verdictClass.rawValue): \(flows)"
          + (busiest.map {
            ", most of them (\($0.value)) from "
              + Times.rfc3339(histogram.start(of: $0.key), digits: 0)
          } ?? ""))
    }
    return SVG.picture(
      id: "timeline", width: Self.width, height: Int(bottom) + 26,
      title: "How many flows began when, by class",
      description: description.joined(separator: "; "), content)
  }
}
