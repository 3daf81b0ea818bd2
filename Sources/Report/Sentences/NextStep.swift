import Packets
import Sockets
import Verdicts

/// Something to do next, from what a run found and could not see.
struct NextStep: Hashable, Sendable {
  /// What it is good for, escaped.
  let aim: String
  /// The command to type, escaped; nil where there is none.
  var command: String?

  /// `aim: command`.
  var text: String { aim + (command.map { ": \($0)" } ?? "") }

  /// Steps that are told at most: who is told more does none of them.
  private static let most = 4

  /// What to do, the most useful first; empty where nothing is left to do.
  static func all(_ summary: SummaryRecord, _ findings: Findings) -> [NextStep] {
    let steps =
      rights(summary) + losses(summary) + services(summary) + evidence(summary, findings)
      + watching(summary, findings)
    return Array(steps.prefix(most))
  }

  /// ` --port N` where it is not the usual one.
  private static func option(_ port: UInt16) -> String { port == 3699 ? "" : " --port \(port)" }

  /// Sockets without a process, and how to name it.
  private static func rights(_ summary: SummaryRecord) -> [NextStep] {
    guard let survey = summary.owners else { return [] }
    return MissingOwner.allCases.compactMap { reason in
      let count = survey.sockets.count { $0.holders.isEmpty && $0.missing == reason }
      guard count > 0,
        let remedy = Words.remedy(
          reason, port: summary.port, gainsNothingFromSudo: survey.gainsNothingFromSudo)
      else { return nil }
      return NextStep(
        aim: "name the process behind \(Amounts.count(count, "socket"))", command: remedy)
    }
  }

  /// What the kernel dropped.
  private static func losses(_ summary: SummaryRecord) -> [NextStep] {
    guard let dropped = summary.counters.dropped, dropped > 0 else { return [] }
    return [
      NextStep(
        aim: "\(Amounts.count(dropped, "packet")) dropped by the kernel; take a bigger buffer",
        command: "sudo icwscan live\(option(summary.port)) -B 65536")
    ]
  }

  /// Where to read on about the service that holds the port.
  private static func services(_ summary: SummaryRecord) -> [NextStep] {
    var steps: [NextStep] = []
    for holder in summary.owners?.sockets.filter(\.socket.isListening).flatMap(\.holders) ?? [] {
      var step: NextStep?
      if let container = holder.provenance?.forwarder?.container ?? holder.provenance?.container,
        let runtime = container.runtime, [.docker, .podman].contains(runtime)
      {
        let name = Escaped.command([container.name ?? container.identity])
        step = NextStep(
          aim: "see what the container says", command: "\(runtime.rawValue) logs --tail 50 \(name)")
      } else if let unit = holder.process.unit, unit.suffix(8) == Array(".service".utf8) {
        step = NextStep(
          aim: "see what its unit says", command: "systemctl status \(Escaped.command([unit]))")
      }
      if let step, !steps.contains(step) { steps.append(step) }
    }
    return Array(steps.prefix(1))
  }

  /// What would settle the verdicts that are open.
  private static func evidence(_ summary: SummaryRecord, _ findings: Findings) -> [NextStep] {
    var steps: [NextStep] = []
    func flows(_ missing: Missing) -> String? {
      findings.missing[missing].map { Amounts.count($0, "flow") }
    }
    if let count = flows(.wholeFrames) {
      steps.append(
        NextStep(
          aim: "frames of \(count) were cut; capture whole ones",
          command: "sudo tcpdump -ni any -s0 -w new.pcap port \(summary.port)"))
    }
    if findings.unnamed > 0 {
      steps.append(
        NextStep(
          aim: "\(Amounts.count(findings.unnamed, "flow")) with bytes that nobody could name: "
            + "know the application? Write a rule from its fingerprint",
          command: "icwscan rules --help"))
    }
    if let count = flows(.start), summary.files != nil {
      steps.append(
        NextStep(
          aim: "\(count) began before the capture: let it run before the next connection begins"))
    }
    return steps
  }

  /// What looking on would show.
  private static func watching(_ summary: SummaryRecord, _ findings: Findings) -> [NextStep] {
    let live = "sudo icwscan" + option(summary.port)
    guard summary.files == nil else { return atServer(summary, findings) }
    guard summary.tally.flows == 0, let survey = summary.owners else { return [] }
    if !survey.sockets.isEmpty || !survey.publications.isEmpty {
      return [NextStep(aim: "see what is said on the port", command: live)]
    }
    return [
      NextStep(aim: "nothing is there now; wait for it", command: live),
      NextStep(
        aim: "was it ever used? Look into old captures", command: "icwscan analyze CAPTURES"),
    ]
  }

  /// A capture names no process: the server's own host does.
  private static func atServer(_ summary: SummaryRecord, _ findings: Findings) -> [NextStep] {
    guard summary.tally.flows > 0 else {
      return [
        NextStep(
          aim: "nothing of port \(summary.port) is in it; a service may have been moved elsewhere",
          command: "icwscan analyze --port NUMBER CAPTURES")
      ]
    }
    let served = findings.rows.filter {
      $0.verdictClass != .scan && $0.verdictClass != .backscatter
        && $0.verdictClass != .portCoincidence && $0.packets > 0 && $0.server.port == summary.port
    }
    let counts = served.reduce(into: [IPAddress: Int]()) { $0[$1.server.address, default: 0] += 1 }
    guard
      let most = counts.max(by: {
        $0.value == $1.value ? $0.key.description > $1.key.description : $0.value < $1.value
      })
    else { return [] }
    let more = counts.count > 1 ? " (the busiest of \(counts.count) servers)" : ""
    return [
      NextStep(
        aim: "which program it is, tells \(most.key)\(more) itself",
        command: "sudo icwscan owner" + option(summary.port))
    ]
  }
}
