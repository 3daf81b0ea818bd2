import Flows
import Identify
import Packets
import Verdicts

extension TextReport {
  /// How much payload each end sent, what was sent again included, copies not; nil where neither sent any.
  private func payload(_ record: FlowRecord) -> String? {
    let flow = record.flow
    guard flow.hasPayload else { return nil }
    let ends =
      record.areEndsOpen ? ("\(flow.client)", "\(flow.server)") : ("the client", "the server")
    let (sent, answered) = (flow.clientCounters, flow.serverCounters)
    let again = sent.retransmitted + answered.retransmitted
    return "payload: \(Amounts.count(sent.payloadBytes, "byte")) from \(ends.0), "
      + "\(answered.payloadBytes) from \(ends.1)"
      + (flow.transport == .tcp
        ? ", \(again == 0 ? "no segment" : Amounts.count(again, "segment")) of it sent again" : "")
  }

  /// Everything behind a flow's verdict, a line each.
  func explanation(_ record: FlowRecord) -> [String] {
    let flow = record.flow
    var lines = explanation(record.verdict)
    lines.append("client: \(Words.of(flow.ground))")
    if let state = flow.state { lines.append("connection: \(Words.of(state))") }
    if let end = flow.end { lines.append("end: \(Words.of(end))") }
    if let payload = payload(record) { lines.append(payload) }
    if !flow.path.isEmpty {
      lines.append("inside: " + flow.path.map { LayerWords.of($0) }.joined(separator: ", "))
    }
    if let error = flow.firstICMPError {
      lines.append("ICMP: \(ICMPWords.of(error)), from \(error.reporter)")
    }
    let ends =
      record.areEndsOpen
      ? ("process of \(flow.server)", "process of \(flow.client)")
      : ("server's process", "client's process")
    if let way = record.serverAttribution { lines.append("\(ends.0): \(Words.of(way))") }
    if let way = record.clientAttribution { lines.append("\(ends.1): \(Words.of(way))") }
    if let missing = record.missingOwner {
      lines.append("process not known: \(Words.ofFlow(missing))")
    }
    lines += record.comments.map {
      "comment in the file: \(Escaped.text($0.text)) [packet \($0.packet)]"
    }
    if record.commentsNotListed > 0 {
      lines.append("comments in the file: \(record.commentsNotListed) more")
    }
    if record.interfaces.count > 1 {
      lines.append(
        "interfaces: " + record.interfaces.map { Escaped.text($0) }.joined(separator: ", "))
    }
    let places = record.origin.files.map { place in
      Escaped.text(place.file) + (place.member.map { " (\(Escaped.text($0)))" } ?? "")
    }
    if places.count > 1 {
      let more = record.origin.filesNotListed
      lines.append(
        "files: " + places.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
      return lines
    }
    if let file = record.origin.file { lines.append("file: " + Escaped.text(file)) }
    if let member = record.origin.member { lines.append("member: " + Escaped.text(member)) }
    if let interface = record.origin.interface {
      lines.append("interface: " + Escaped.text(interface))
    }
    return lines
  }

  /// Everything that a verdict says beside its class.
  func explanation(_ verdict: Verdict) -> [String] {
    var lines = ["verdict: \(Words.of(verdict.verdictClass))"]
    lines += [Evidence.Weight.for, .against, .note].flatMap { weight in
      verdict.evidence.filter { $0.weight == weight }.map { "\(weight.rawValue): \(item($0))" }
    }
    if let recognition = verdict.recognition {
      lines.append("recognised: \(Words.of(recognition.strength))")
      lines += recognition.grounds.map { ground in
        "bytes: \(Escaped.text(ground.what)), \(ground.side.rawValue)'s bytes "
          + "\(ground.offset) to \(ground.offset &+ ground.length)"
      }
      lines += FactWords.all(of: verdict)
    }
    if !verdict.runnersUp.isEmpty {
      lines.append(
        "would fit as well: " + verdict.runnersUp.map { Escaped.text($0) }.joined(separator: ", "))
    }
    if let points = verdict.points {
      lines.append(
        "Internet Call Waiting: \(points) points; likely from \(ICWScore.bar) on, given by "
          + "\(ICWScore.groups) kinds of signs or more, the rhythm of alerts among them")
    }
    lines.append("port: \(Words.of(verdict.role))")
    lines += verdict.missing.map { "missing: \(Words.of($0))" }
    return lines
  }

  /// One item with its detail, points, packet number and bytes.
  private func item(_ evidence: Evidence) -> String {
    var text = Words.of(evidence.item)
    if let detail = evidence.detail.map({ Escaped.text($0) }) {
      // What was taken out stands in parentheses already.
      text += detail.hasPrefix("(") ? " \(detail)" : " (\(detail))"
    }
    var places: [String] = []
    if let points = evidence.points {
      places.append("\(evidence.item.rawValue), \(points > 0 ? "+" : "")\(points) points")
    }
    if let packet = evidence.packet { places.append("packet \(packet)") }
    if let offset = evidence.offset {
      let owner = evidence.side.map { "\($0.rawValue)'s " } ?? ""
      places.append("\(owner)bytes \(offset) to \(offset &+ (evidence.length ?? 0))")
    } else if let side = evidence.side {
      places.append("\(side.rawValue)'s side")
    }
    return places.isEmpty ? text : text + " [" + places.joined(separator: ", ") + "]"
  }
}
