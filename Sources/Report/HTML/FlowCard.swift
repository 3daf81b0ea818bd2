import Flows
import Packets
import Verdicts

/// A flow with everything that is known of it: what was said, the bytes, the evidence.
struct FlowCard {
  /// Bytes of each side that are shown of payload that nobody could name.
  private static let shownBytes = 256

  let detail: Findings.Detail
  let isOpen: Bool

  private var record: FlowRecord { detail.record }
  private var flow: Flow { detail.record.flow }

  /// The card; it opens and closes.
  var markup: Markup {
    let summary = Markup.element(
      "summary",
      VerdictMark.badge(
        record.verdict.verdictClass, record.verdict.application.map { Escaped.text($0) }),
      .element(
        "span", ["class": "mono"],
        " \(flow.client) \(record.areEndsOpen ? "\u{2194}" : "\u{2192}") \(flow.server)/\(flow.transport.rawValue) "
      ),
      .element("span", ["class": "soft"], FlowWords.details(record) ?? ""))
    let ladder = Ladder(
      flow: flow, areEndsOpen: record.areEndsOpen, id: "ladder\(detail.number)",
      isWebSocket: record.verdict.application == "websocket")
    let parts: [Markup] = [
      summary, .element("p", amounts),
      .element(
        "div",
        ["class": "wide", "role": "region", "aria-label": "First messages", "tabindex": "0"],
        ladder.markup),
      ladder.rest.map { .element("p", ["class": "soft"], $0) } ?? .none,
      bytes, .element("h4", "Evidence"), evidence,
    ]
    return isOpen
      ? .element("details", ["id": "f\(detail.number)", "open": "open"], parts)
      : .element("details", ["id": "f\(detail.number)"], parts)
  }

  private var amounts: String {
    let bytes = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    var parts = [
      "from \(Times.rfc3339(flow.first, digits: record.origin.digits))",
      Times.duration(flow.last.nanoseconds(since: flow.first)),
      Amounts.count(flow.packets, "packet"), Amounts.bytes(bytes),
    ]
    let path = flow.path.map { LayerWords.of($0) }
    if !path.isEmpty { parts.append("inside \(path.joined(separator: ", "))") }
    parts += record.namedProcesses.map { "\($0.end): \(ProcessWords.of($0.process))" }
    parts.append(
      FlowRecord.communityID(flow.transport, flow.client, flow.server))
    return parts.joined(separator: " \u{b7} ")
  }

  /// The bytes of both sides, where nobody could name them, and their fingerprint.
  private var bytes: Markup {
    guard let fingerprint = record.fingerprint else { return .none }
    let said = flow.conversation
    let dumps = Side.allCases.compactMap { side -> Markup? in
      let kept = said[side].bytes
      guard !kept.isEmpty else { return nil }
      let rows = HexDump.rows(Array(kept.prefix(Self.shownBytes)), text: true).map {
        Markup(String($0.drop { $0 == "\t" }))
      }
      let more = said[side].total - min(kept.count, Self.shownBytes)
      let end =
        record.areEndsOpen
        ? "\(side == .client ? flow.client : flow.server)" : "the \(side.rawValue)"
      return .element("h5", "What \(end) sent")
        + Self.block("Bytes of \(end)", rows)
        + (more > 0
          ? .element("p", ["class": "soft"], "and \(Amounts.count(more, "more byte"))") : .none)
    }
    let lines = FingerprintWords.lines(fingerprint).map { Markup($0) }
    return .element("h4", "Payload that nobody could name")
      + Self.block("Fingerprint", lines) + .all(dumps)
  }

  /// Lines as they are; one can scroll there by keyboard.
  private static func block(_ label: String, _ lines: [Markup]) -> Markup {
    .element(
      "pre", ["role": "region", "aria-label": label, "tabindex": "0"],
      .all(lines, separator: .newline))
  }

  /// What `--explain` shows, the word before the colon first.
  private var evidence: Markup {
    let lines =
      TextReport().explanation(record) + detail.calls.flatMap { TextReport().call($0) }
    return .element(
      "dl", ["class": "evidence"],
      lines.flatMap { line -> [Markup] in
        let parts = line.split(separator: ": ", maxSplits: 1)
        guard parts.count == 2 else { return [.element("dt", "call"), .element("dd", line)] }
        return [.element("dt", String(parts[0])), .element("dd", String(parts[1]))]
      })
  }
}
