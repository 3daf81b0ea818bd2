import CallWaiting
import Flows

extension TextReport {
  /// A call: when, who called whom, what was chosen after how many seconds, how it ended.
  public func call(_ record: CallRecord) -> [String] {
    let call = record.call
    var caller = call.calling.map { Escaped.text($0) } ?? "a withheld number"
    if let name = call.callingName, !name.isEmpty { caller += " (\(Escaped.text(name)))" }
    var line =
      Times.rfc3339(call.alerted, digits: record.origin.digits) + " call: \(caller) called "
    line += call.called.map { Escaped.text($0) } ?? "a subscriber whose number is not shown"
    if call.choice == .none {
      line += "; no choice was made"
    } else {
      line += "; the subscriber \(Words.of(call.choice))"
      if let forwarded = call.forwardedTo { line += " to \(Escaped.text(forwarded))" }
      if let seconds = call.answerSeconds { line += " after \(tenths(seconds)) s" }
    }
    line += "; \(Words.of(call.outcome))"
    if let cause = call.cause { line += "; cause: \(Escaped.text(cause))" }
    if let point = call.detectionPoint { line += "; detection point \(Escaped.text(point))" }
    line +=
      " [\(call.carrier.rawValue), \(record.flow.client) > \(record.flow.server), packet \(call.packet)]"
    return laid(line, indent: 4)
  }

  /// Seconds with one digit behind the point.
  private func tenths(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    let tenths = Int(seconds * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
