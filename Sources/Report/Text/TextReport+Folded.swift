import Flows
import Packets
import Verdicts

extension TextReport {
  /// The flows of one scanner, or of one flood, in one line; a single flow as it is told by itself.
  public func folded(_ group: FoldedFlows) -> [String] {
    guard group.flows > 1 else { return flow(group.first) }
    let flow = group.first.flow
    let from = group.isOfMany ? "many" : flow.client.address.description
    let to: String
    if group.targets.count == 1 {
      to = flow.server.description
    } else {
      let isMore = group.targets.count >= FoldedFlows.mostTargets
      to = (isMore ? "at least " : "") + "\(group.targets.count) ends"
    }
    var line = [
      Times.rfc3339(flow.first, digits: group.first.origin.digits), flow.transport.rawValue,
      padded("\(from) > \(to)", 44), answer(group.first.verdict, action: nil),
    ]
    if let details = details(group) { line.append("(\(details))") }
    line.append(
      [
        Amounts.count(group.flows, "flow"), Amounts.count(group.packets, "packet"),
        Amounts.bytes(group.bytes), Times.duration(group.last.nanoseconds(since: flow.first)),
      ].joined(separator: ", ") + answers(group))
    let below =
      style.explain
      ? ["  of the first of them:"] + explanation(group.first).map { "  " + $0 } : []
    return folded(line) + below.flatMap { laid($0, indent: 4) }
  }

  /// How the ends answered a scanner's connections.
  private func answers(_ group: FoldedFlows) -> String {
    guard group.first.flow.transport == .tcp, group.first.verdict.verdictClass == .scan else {
      return ""
    }
    let silent = group.flows - group.accepted - group.refused
    let parts = [
      (group.accepted, "accepted"), (group.refused, "refused"), (silent, "not answered"),
    ]
    return ": " + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  /// What holds for the first of them, or how many were made with which tool.
  private func details(_ group: FoldedFlows) -> String? {
    if group.tools.isEmpty || group.tools.values.contains(group.flows) {
      return FlowWords.details(group.first)
    }
    let tools = group.tools.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let rest = tools.dropFirst(3)
    let more = rest.isEmpty ? [] : ["other tools in \(rest.reduce(0) { $0 + $1.value })"]
    return
      (tools.prefix(3).map { "tool \(Escaped.text($0.key)) in \($0.value)" } + more)
      .joined(separator: ", ")
  }

  /// Whether a group still has to be told where its first flows were told as they came.
  public func isNews(_ group: FoldedFlows) -> Bool { group.flows > group.shown }

  /// Whether a group has to be told where only the first attempts that are no scan were.
  public func isUntold(_ group: FoldedFlows) -> Bool { group.shown == 1 || isNews(group) }

  /// Flows of further scanners, of which only the number was kept.
  public func foldedOthers(_ count: Int) -> String {
    "and \(Amounts.count(count, "flow")) of other senders that said nothing"
  }
}
