import Flows
import Packets
import Sockets
import Verdicts

extension TextReport {
  /// A flow in one line; below it, indented, the fingerprint of payload that nobody could name, and with `explain` the
  /// evidence.
  public func flow(_ record: FlowRecord) -> [String] {
    let flow = record.flow
    let bytes = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    var line = [
      Times.rfc3339(flow.first, digits: record.origin.digits), flow.transport.rawValue,
      padded(
        "\(named(flow.client, record.clientName)) \(record.arrow) "
          + named(flow.server, record.serverName), 44),
      answer(record.verdict, action: record.action),
    ]
    if let summary = FlowWords.details(record) { line.append("(\(summary))") }
    var amounts = [Amounts.count(flow.packets, "packet"), Amounts.bytes(bytes)]
    if flow.packets > 1 { amounts.append(Times.duration(flow.last.nanoseconds(since: flow.first))) }
    if let network = LayerWords.virtualNetwork(flow.path) { amounts.append(network) }
    if let tunnel = LayerWords.tunnel(flow.path) { amounts.append(tunnel) }
    if flow.duplicates > 0 { amounts.append(Amounts.count(flow.duplicates, "duplicate")) }
    let files = record.origin.files.count + record.origin.filesNotListed
    if files > 1 { amounts.append("in \(Amounts.count(files, "file"))") }
    if flow.icmpErrors > 0 {
      let what =
        flow.firstICMPError.map { error in
          // That of the end which was asked goes without saying.
          let isClient = error.reporter == flow.client.address && !record.areEndsOpen
          let reporter = isClient ? "the client" : "\(error.reporter)"
          let place = error.reporter == flow.server.address ? "" : ", from \(reporter)"
          return " (\(ICMPWords.of(error))\(place))"
        } ?? ""
      amounts.append(Amounts.count(flow.icmpErrors, "ICMP error") + what)
    }
    if let other = record.translated {
      amounts.append("the same as \(other.client) > \(other.server), translated (NAT)")
    }
    if record.interfaces.count > 1 {
      amounts.append("on " + record.interfaces.map { Escaped.text($0) }.joined(separator: " and "))
    }
    let isOver = record.action == nil || record.action == .end
    line.append(amounts.joined(separator: ", ") + (isOver ? "" : " so far"))
    line += processes(record)
    let below = style.explain ? explanation(record).map { "  " + $0 } : []
    let fingerprint = record.fingerprint.map(FingerprintWords.lines) ?? []
    return folded(line) + (fingerprint.map { "  " + $0 } + below).flatMap { laid($0, indent: 4) }
  }

  /// ICMP errors about a flow that was not captured, in one line.
  public func orphan(_ record: OrphanRecord) -> [String] {
    let error = record.orphan.error
    let line = [
      Times.rfc3339(record.orphan.first, digits: record.origin.digits), error.transport.rawValue,
      padded("\(error.quotedSource) > \(error.quotedDestination)", 44),
      answer(record.verdict, action: record.action),
      "(\(ICMPWords.of(error)), from \(error.reporter))",
      Amounts.count(record.orphan.count, "ICMP error"),
    ]
    let below = style.explain ? explanation(record.verdict).map { "  " + $0 } : []
    return folded(line) + below.flatMap { laid($0, indent: 4) }
  }

  /// Parts of a flow's line as one; on a terminal that is too narrow time, transport and ends stand above the rest.
  func folded(_ parts: [String]) -> [String] {
    let line = parts.joined(separator: " ")
    guard style.isTerminal, let width = style.width, Wrapping.shownWidth(line) > width else {
      return [line]
    }
    // Neither the ends nor the answer are columns here.
    var parts = parts
    parts[2] = parts[2].split(separator: " ").joined(separator: " ")
    parts[3] = parts[3].split(separator: " ").joined(separator: " ")
    let rest = parts.dropFirst(3).joined(separator: " ")
    return laid(parts.prefix(3).joined(separator: " "), indent: 4) + laid("    " + rest, indent: 4)
  }

  /// An end with its name, when it has one.
  func named(_ end: Endpoint, _ name: String?) -> String {
    end.description + (name.map { " (\(Escaped.text($0)))" } ?? "")
  }

  /// Class and application.
  func answer(_ verdict: Verdict, action: FlowRecord.Action?) -> String {
    var text = verdict.verdictClass.rawValue
    if let application = verdict.application { text += " " + Escaped.text(application) }
    // Colour ends before the padding, so that what folds the line sees blanks.
    let padding = String(padded(text, 24).dropFirst(text.count))
    return (action == .update ? "now " : "")
      + paint(text, Self.paint(of: verdict.verdictClass)) + padding
  }

  /// The colour of a class.
  static func paint(of verdict: VerdictClass) -> Paint {
    switch verdict {
    case .genuineKPNICW, .icwFamily, .consistentWithICW: .green
    case .otherApplication, .portCoincidence: .cyan
    case .scan, .backscatter: .yellow
    case .undetermined: .dim
    }
  }

  /// The processes in brackets: the server's, and the client's with its mark.
  func processes(_ record: FlowRecord) -> [String] {
    let limit = commandLimit
    var texts: [String] = []
    for (end, process) in record.namedProcesses {
      // A server's process needs no word.
      let name = end == "server" ? "" : end + ": "
      texts.append("[\(name)\(ProcessWords.of(process, limit: limit))]")
    }
    if let process = record.unplacedProcess {
      texts.append("[one end: \(ProcessWords.of(process, limit: limit))]")
    }
    if let missing = record.missingOwner {
      let end =
        texts.isEmpty || record.areEndsOpen
        ? "owner" : record.serverProcess == nil ? "server" : "client"
      texts.append("[\(end): \(Words.ofFlow(missing))]")
    }
    if let refusal = record.refusal {
      texts.append("[firewall: \(FirewallWords.of(refusal.rule))]")
    }
    return texts
  }
}
