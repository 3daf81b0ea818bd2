import Packets
import Verdicts

extension TextReport {
  /// The groups as a table, and what is not in it.
  public func groups(_ grouping: Grouping) -> [String] {
    let told = grouping.told
    guard !told.isEmpty else { return [] }
    let head = [grouping.key.rawValue, "flows", "packets", "bytes", "first", "last", "what"]
    let rows = told.map { group in
      [
        Escaped.text(group.name), "\(group.flows)", "\(group.packets)", Amounts.bytes(group.bytes),
        Times.rfc3339(group.first, digits: 0), Times.rfc3339(group.last, digits: 0),
        what(group),
      ]
    }
    var lines = Columns.lines([head] + rows, right: [1, 2, 3])
    if style.isTerminal, let width = style.width, lines.contains(where: { $0.count > width }) {
      lines = folded([head] + rows)
    }
    lines[0] = paint(lines[0], .bold)
    let untold = grouping.untold
    if untold.flows > 0 {
      let more =
        untold.groups > 0 ? Amounts.count(untold.groups, "more group") : "groups beyond the limit"
      lines.append("\(more) with \(Amounts.count(untold.flows, "flow"))")
    }
    return lines
  }

  /// The rows where they are too long for the screen: times, classes and applications stand below the numbers.
  private func folded(_ rows: [[String]]) -> [String] {
    let lines = Columns.lines(rows.map { Array($0.prefix(4)) }, right: [1, 2, 3])
    return [lines[0]]
      + zip(lines, rows).dropFirst().flatMap { line, row in
        [line] + laid("    \(row[4]) to \(row[5]): \(row[6])", indent: 4)
      }
  }

  /// Classes and applications of a group.
  private func what(_ group: GroupRecord) -> String {
    let classes = Sentence.order.compactMap { verdictClass in
      group.classes[verdictClass].map { "\($0) \(verdictClass.rawValue)" }
    }
    var parts = [classes.joined(separator: ", ")]
    if group.key != .application, !group.applications.isEmpty {
      let names = group.applications.sorted().map { Escaped.text($0) }
      let isFull = names.count == GroupRecord.mostApplications
      parts.append("(" + (names + (isFull ? ["..."] : [])).joined(separator: ", ") + ")")
    }
    return parts.joined(separator: " ")
  }
}
