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
  ///
  /// - Parameters:
  ///   - findings: The flows of the run; nil where only their sums are known.
  ///   - tellsRights: Whether to tell how sockets without a process get one.
  ///   - tellsDoubts: Whether to tell how the evidence of flows is shown.
  static func all(
    _ summary: SummaryRecord, _ findings: Findings?, tellsRights: Bool = true,
    tellsDoubts: Bool = true
  ) -> [NextStep] {
    // Where nothing could be read, what went wrong is all that there is to mend.
    if summary.isUnread { return [] }
    let steps =
      (tellsRights ? rights(summary) : []) + losses(summary) + suspects(summary)
      + services(summary) + splits(summary)
      + evidence(summary, findings ?? Findings())
      + (tellsDoubts ? doubts(summary, findings) : []) + watching(summary)
    return Array(steps.prefix(most))
  }

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
        command: live(
          summary, "-B \(max(65_536, min(2 * (summary.options.bufferKiB ?? 0), 2_097_151)))"))
    ]
  }

  /// Programs that hide: their file is gone with the process.
  private static func suspects(_ summary: SummaryRecord) -> [NextStep] {
    let holders = summary.owners?.sockets.filter(\.socket.isListening).flatMap(\.holders) ?? []
    let hidden = holders.first {
      $0.provenance?.executableState == .deleted || $0.process.isNamedLikeKernelThread
    }
    guard let pid = hidden?.process.pid else { return [] }
    return [
      NextStep(
        aim: "keep the program of pid \(pid) before it is gone",
        command: "sudo cp /proc/\(pid)/exe program-of-\(pid)")
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
        let name = Escaped.typed([container.name ?? container.identity])
        step = NextStep(
          aim: "see what the container says", command: "\(runtime.rawValue) logs --tail 50 \(name)")
      } else if let unit = holder.process.unit, unit.suffix(8) == Array(".service".utf8) {
        step = NextStep(
          aim: "see what its unit says", command: "systemctl status \(Escaped.typed([unit]))")
      }
      if let step, !steps.contains(step) { steps.append(step) }
    }
    return Array(steps.prefix(1))
  }

  /// Flows that were counted more than once.
  private static func splits(_ summary: SummaryRecord) -> [NextStep] {
    let count = summary.tally.split.count
    guard count > 0, summary.files != nil, !summary.isJoined else { return [] }
    return [
      NextStep(
        aim:
          "\(Amounts.count(count, "flow")) \(count == 1 ? "is" : "are") the rest or the copy of one "
          + "in another input; to tell each once",
        command: analyze(summary, "--join", repeats: [.filter, .flows, .classes]))
    ]
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
          command: summary.counters.dropped == nil
            ? "sudo tcpdump -ni any -s0 -w new.pcap port \(summary.port)"
            : live(summary, "-w new.pcapng")))
    }
    if let count = flows(.sentPayload) {
      steps.append(
        NextStep(
          aim: "the payload of \(count) is zeros alone and may have been taken out; ask for the "
            + "capture as it was made"))
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

  /// How to see why flows are undetermined, where their evidence is not at hand.
  private static func doubts(_ summary: SummaryRecord, _ findings: Findings?) -> [NextStep] {
    let count = summary.tally.transports.values.reduce(0) {
      $0 + ($1.classes[.undetermined] ?? 0)
    }
    // The packets that were kept are looked at as any capture is.
    let isLive = summary.counters.dropped != nil && !summary.isKept
    guard findings == nil, summary.files != nil || isLive, count > 0 else { return [] }
    return [
      NextStep(
        aim: "see why \(Amounts.count(count, "flow")) \(count == 1 ? "is" : "are") undetermined",
        command: isLive
          ? live(summary, "--explain")
          : analyze(summary, "--explain --verdict undetermined", repeats: [.filter, .flows]))
    ]
  }

  /// What looking on would show.
  private static func watching(_ summary: SummaryRecord) -> [NextStep] {
    guard summary.files == nil else { return atServer(summary) }
    // A live capture counts what the kernel dropped.
    guard summary.counters.dropped == nil else { return afterCapture(summary) }
    guard let survey = summary.owners else { return [] }
    if !survey.sockets.isEmpty || !survey.publications.isEmpty {
      return [listening(survey, summary.port)]
    }
    return [
      NextStep(
        aim: "nothing is there now; wait for it", command: "sudo icwscan" + last(summary.port)),
      NextStep(
        aim: "was it ever used? Look into old captures", command: "icwscan analyze CAPTURES"),
    ]
  }

  /// A capture that ended can be kept, or go on where nobody has to look at it.
  private static func afterCapture(_ summary: SummaryRecord) -> [NextStep] {
    if summary.isKept || summary.tally.leftOut > 0 { return [] }
    return summary.tally.flows > 0
      ? [
        NextStep(
          aim: "to keep such packets for Wireshark, with verdicts and processes",
          command: live(summary, "-w port.pcapng"))
      ]
      : [
        NextStep(
          aim: "nobody spoke; to let it run on, with a record of whatever comes",
          command: live(summary, "--json --output port.ndjson"))
      ]
  }

  /// A capture hears its own network namespace alone: where all who wait are in others it has to be run in one of them.
  private static func listening(_ survey: PortSurvey, _ port: UInt16) -> NextStep {
    let program = "icwscan" + last(port)
    let waiting = survey.sockets.filter(\.socket.waits)
    let others = waiting.compactMap(\.namespace).filter { !$0.isOwn }
    guard survey.publications.isEmpty, others.count == waiting.count, let first = others.first,
      let enter = entering(first)
    else { return NextStep(aim: "see what is said on the port", command: "sudo " + program) }
    let more = Set(others).count > 1 ? " (the first of \(Set(others).count) namespaces)" : ""
    return NextStep(
      aim: "see what is said on the port in \(ContainerWords.of(first))\(more)",
      command: "sudo \(enter) \(program)")
  }

  /// The command that runs another one in a network namespace; nil where there is nothing to take hold of it.
  private static func entering(_ namespace: NetworkNamespace) -> String? {
    if let name = namespace.name {
      let isPath = name.contains(UInt8(ascii: "/"))
      let word = Escaped.typed([name])
      return isPath ? "nsenter --net=\(word)" : "ip netns exec \(word)"
    }
    return namespace.memberPID.map { "nsenter -t \($0) -n" }
  }

  /// A capture names no process: the server's own host does.
  private static func atServer(_ summary: SummaryRecord) -> [NextStep] {
    let tally = summary.tally
    guard tally.flows > 0 else {
      if tally.leftOut > 0 {
        return [
          NextStep(
            aim:
              "the selection left everything out (\(Amounts.count(tally.leftOut, "flow"))); see it",
            command: analyze(summary, repeats: .filter))
        ]
      }
      if summary.options.filter != nil {
        return [
          NextStep(
            aim: "nothing of port \(summary.port) passed the filter; look without it",
            command: analyze(summary, repeats: [.flows, .classes]))
        ]
      }
      return [
        NextStep(
          aim: "nothing of port \(summary.port) is in it; a service may have been moved elsewhere",
          command: analyze(summary, port: "--port NUMBER", repeats: [.flows, .classes]))
      ]
    }
    let command = "sudo icwscan owner" + last(summary.port)
    let servers = tally.servers.sorted
    guard let busiest = servers.first else {
      guard !tally.probers.flows.isEmpty else { return [] }
      let aim = "to see whether anything listens there, run on the host that was probed"
      return [NextStep(aim: aim, command: command)]
    }
    let isAhead = servers.count > 1 && servers[1].flows < busiest.flows
    let more =
      servers.count > 1
      ? " (\(isAhead ? "that with most flows" : "one") of \(servers.count) servers)" : ""
    let classes = Set(tally.transports.values.flatMap(\.classes.keys))
    let isServed = !classes.isDisjoint(with: [
      .otherApplication, .icwFamily, .consistentWithICW, .genuineKPNICW,
    ])
    let aim = isServed ? "see which program serves it" : "see whether anything listens there"
    // An address that was replaced is nobody's.
    let place = summary.isRedacted ? "the server" : "\(busiest.address)\(more)"
    return [NextStep(aim: "to \(aim), run on \(place)", command: command)]
  }
}
