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
    lines[0] = paint(lines[0], .bold)
    let untold = grouping.untold
    if untold.flows > 0 {
      let more =
        untold.groups > 0 ? Amounts.count(untold.groups, "more group") : "groups beyond the limit"
      lines.append("\(more) with \(Amounts.count(untold.flows, "flow"))")
    }
    return lines
  }

  /// Classes and applications of a group.
  private func what(_ group: GroupRecord) -> String {
    var parts = Sentence.order.compactMap { verdictClass in
      group.classes[verdictClass].map { "\($0) \(verdictClass.rawValue)" }
    }
    if group.key != .application, !group.applications.isEmpty {
      let names = group.applications.sorted().map { Escaped.text($0) }
      let isFull = names.count == GroupRecord.mostApplications
      parts.append("(" + (names + (isFull ? ["..."] : [])).joined(separator: ", ") + ")")
    }
    return parts.joined(separator: " ")
  }
}
