import Packets
public import Sockets
import Verdicts

/// The sentence: what is on the port, from the strongest thing that is known.
public enum Sentence {
  /// One sentence a transport; every class that occurred is counted in it. UDP-Lite has one where a socket uses it.
  ///
  /// - Parameter commandLimit: Characters of each command line in it; nil for all of them.
  public static func all(
    tally: Tally, owners: PortSurvey? = nil, port: UInt16 = 3699, commandLimit: Int? = nil
  ) -> [String] {
    func listeners(_ transport: SocketEntry.Transport) -> Listeners {
      Listeners(owners, transport: transport, port: port, commandLimit: commandLimit)
    }
    let sentences = Transport.allCases.map { transport in
      of(
        tally.transports[transport] ?? TransportTally(),
        listeners: listeners(transport == .tcp ? .tcp : .udp),
        subject: "\(port)/\(transport.rawValue)", commandLimit)
    }
    // Its packets are not those of UDP, and are not looked at.
    let lite = listeners(.udpLite).text.map { "\(port)/udplite: \($0); its packets are not read" }
    return sentences + (lite.map { [$0] } ?? [])
  }

  /// Those of a run; where no input could be read, that, and nothing of the port.
  static func all(_ summary: SummaryRecord, commandLimit: Int? = nil) -> [String] {
    if summary.isUnread {
      return ["No input could be read: nothing is known of port \(summary.port)"]
    }
    let sentences = all(
      tally: summary.tally, owners: summary.owners, port: summary.port, commandLimit: commandLimit)
    guard summary.options.filter != nil else { return sentences }
    return sentences.map { "Of packets that pass the filter: \($0)" }
  }

  private static func of(
    _ tally: TransportTally, listeners: Listeners, subject: String, _ commandLimit: Int?
  ) -> String {
    guard let strongest = order.first(where: { tally.classes[$0] != nil }) else {
      if tally.leftOut.flows > 0 { return "\(subject): none of \(all(tally)) selected" }
      guard let held = listeners.text else { return "\(subject): nothing seen" }
      let program = listeners.program.map { "; by its program \($0), no traffic seen yet" }
      return "\(subject): \(held)" + (program ?? "; no traffic seen yet")
    }
    let chosen =
      tally.leftOut.flows > 0
      ? ", in \(tally.classes.values.reduce(0, +)) selected of \(all(tally))" : ""
    let claims: [VerdictClass] = [
      .genuineKPNICW, .icwFamily, .consistentWithICW, .otherApplication,
    ]
    if !claims.contains(strongest), let held = listeners.text {
      let program = listeners.program.map { "; by its program \($0)" } ?? ""
      let isExcluded = strongest == .portCoincidence && tally.classes.count == 1
      return
        "\(subject)\(chosen): \(held)\(program); \(isExcluded ? "not KPN-ICW: " : "")flows seen: "
        + order.compactMap { counted($0, tally, tellsReasons: true) }.joined(separator: ", ")
    }
    // Where a selection left flows out the sentence holds for the rest alone, and says so.
    let subject = subject + (chosen.isEmpty ? "" : chosen + ",")
    let rest = order.filter { $0 != strongest }.compactMap { counted($0, tally) }
    let tail = rest.isEmpty ? "" : "; also " + rest.joined(separator: ", ")
    let isServed = tally.sorted(strongest).contains { $0.group.server != nil }
    let held = (isServed ? listeners.rules : listeners.text).map { "; \($0)" } ?? ""
    return head(strongest, tally, subject, listeners, commandLimit) + held + tail
  }

  /// All flows, those that a selection left out as well.
  private static func all(_ tally: TransportTally) -> String {
    Amounts.count(tally.classes.values.reduce(0, +) + tally.leftOut.flows, "flow")
  }

  /// The strongest class first.
  static let order: [VerdictClass] = [
    .genuineKPNICW, .icwFamily, .consistentWithICW, .otherApplication, .portCoincidence,
    .undetermined, .scan,
    .backscatter,
  ]

  private static func head(
    _ strongest: VerdictClass, _ tally: TransportTally, _ subject: String, _ listeners: Listeners,
    _ commandLimit: Int?
  ) -> String {
    let count = tally.classes[strongest] ?? 0
    let total = tally.classes.values.reduce(0, +)
    let flows = total == 1 ? "" : " in \(flowCount(count))"
    // Said only when no flow leaves room for doubt.
    let isExcluded =
      tally.classes.keys.allSatisfy { $0 == .otherApplication || $0 == .portCoincidence }
      && !tally.groups.values.contains(where: \.mayHideCallWaiting)
    switch strongest {
    case .genuineKPNICW:
      return "\(subject) is KPN-ICW\(flows), by proof from outside the packets"
    case .icwFamily:
      return "\(subject) carries Internet Call Waiting, operator not established: "
        + applications(tally, .icwFamily, total: total, listeners, commandLimit)
    case .consistentWithICW:
      return "\(subject) behaves like Internet Call Waiting\(flows); "
        + "KPN's format is unpublished, so this can't be confirmed"
    case .otherApplication:
      return subject + (isExcluded ? " is not KPN-ICW: it is " : " carries ")
        + applications(tally, .otherApplication, total: total, listeners, commandLimit)
    case .portCoincidence:
      return subject
        + (isExcluded ? " is not KPN-ICW: it is only the client's port" : " is the client's port")
        + (total == 1 ? "" : " of \(flowCount(count))") + details(.portCoincidence, tally)
    case .undetermined:
      return "\(subject) is undetermined" + (total == 1 ? "" : ": \(flowCount(count))")
        + reasons(tally)
    case .scan:
      return "\(subject) was only probed" + (total == 1 ? "" : ": \(flowCount(count))")
        + details(.scan, tally)
    case .backscatter:
      return "\(subject) shows only answers to somebody else's traffic"
        + (total == 1 ? "" : ": \(flowCount(count)) of backscatter")
    }
  }

  private static func flowCount(_ count: Int) -> String { count == 1 ? "1 flow" : "\(count) flows" }

  /// A class with its number of flows, and with the names that belong to it.
  private static func counted(
    _ verdictClass: VerdictClass, _ tally: TransportTally, tellsReasons: Bool = false
  ) -> String? {
    guard let count = tally.classes[verdictClass] else { return nil }
    let why = tellsReasons && verdictClass == .undetermined ? reasons(tally) : ""
    return "\(count) \(verdictClass.rawValue)" + (why.isEmpty ? details(verdictClass, tally) : why)
  }

  /// Why flows are undetermined, in parentheses: the reason of all of them, or the commonest with their numbers.
  private static func reasons(_ tally: TransportTally) -> String {
    let groups = tally.sorted(.undetermined).map(\.group)
    let reasons = groups.reduce(into: [:]) { $0.merge($1.reasons) { $0 &+ $1 } }
      .sorted { $0.value == $1.value ? $0.key.rawValue < $1.key.rawValue : $0.value > $1.value }
    guard let first = reasons.first else { return "" }
    if first.value == tally.classes[.undetermined] { return " (\(Words.of(first.key)))" }
    return " ("
      + reasons.prefix(2).map { "\($0.value): \(Words.of($0.key))" }.joined(separator: "; ")
      + ")"
  }

  /// Applications, service ports or tools of a class in parentheses.
  private static func details(_ verdictClass: VerdictClass, _ tally: TransportTally) -> String {
    var names: [(name: String, flows: Int)] = []
    for (kind, group) in tally.sorted(verdictClass) {
      var name = kind.application.map { ApplicationWords.title($0) } ?? ""
      if let port = kind.servicePort {
        name = "to port \(port)" + (name.isEmpty ? "" : ", \(name)")
      }
      if name.isEmpty, let tool = kind.tool { name = Escaped.text(tool) }
      if name.isEmpty { continue }
      if let index = names.firstIndex(where: { $0.name == name }) {
        names[index].flows += group.flows
      } else {
        names.append((name, group.flows))
      }
    }
    guard !names.isEmpty else { return "" }
    names.sort { $0.flows > $1.flows }
    let unlisted = tally.others[verdictClass] ?? 0
    // A name that only some flows have is not that of the others.
    let isWhole =
      names.reduce(unlisted) { $0 + $1.flows } == tally.classes[verdictClass] ?? 0
    let rest = names.dropFirst(names.count == 4 && unlisted == 0 ? 4 : 3)
    var shown = names.dropLast(rest.count).map { isWhole ? $0.name : "\($0.name) in \($0.flows)" }
    if !rest.isEmpty || unlisted > 0 {
      let count = (unlisted > 0 ? "at least " : "") + "\(max(rest.count, 1)) more"
      shown.append(
        isWhole ? count : "\(count) in \(rest.reduce(unlisted) { $0 + $1.flows })")
    }
    return " (" + shown.joined(separator: "; ") + ")"
  }

  /// The applications of a class by number of flows, the first three with what they told and who serves them.
  private static func applications(
    _ tally: TransportTally, _ verdictClass: VerdictClass, total: Int, _ listeners: Listeners,
    _ commandLimit: Int?
  ) -> String {
    var merged: [(title: String, group: TransportTally.Group)] = []
    for (kind, group) in tally.sorted(verdictClass) {
      let title = kind.isSpoofer ? "a port spoofer" : ApplicationWords.title(kind.application)
      guard let index = merged.firstIndex(where: { $0.title == title }) else {
        merged.append((title, group))
        continue
      }
      merged[index].group.add(group)
    }
    merged.sort { $0.group.flows > $1.group.flows }
    let unnamed = tally.others[verdictClass] ?? 0
    let shown = merged.prefix(3)
    // A single one more is named and not counted.
    let fourth = merged.count == 4 && unnamed == 0 ? merged[3] : nil
    let others =
      fourth == nil ? unnamed + merged.dropFirst(3).reduce(0) { $0 + $1.group.flows } : 0
    var parts = shown.map { title, group in
      var part = title
      if group.flows > 1 { part += " in \(flowCount(group.flows))" }
      if group.calls > 0 {
        part += " (\(Amounts.count(group.calls, "call")))"
      } else if let summary = group.summary {
        part += group.flows > 1 ? " (such as \(summary))" : " (\(summary))"
      }
      if group.flows == 1, total > 1 { part += " in 1 flow" }
      if let server = group.server, let maker = listeners.maker(of: server) {
        // A process for each connection: who made them stays.
        part +=
          ", served by \(group.hasOtherServers && group.areServersSiblings ? "children" : "a child") of "
          + ProcessWords.of(maker, limit: commandLimit) + listeners.place(of: maker)
          + (group.areServersSiblings ? "" : " and others")
      } else if let server = group.server {
        part +=
          ", served by \(ProcessWords.of(server, limit: commandLimit))"
          + listeners.place(of: server)
          + (group.hasOtherServers ? " and others" : "")
      } else if let client = group.client {
        part +=
          ", used by \(ProcessWords.of(client, limit: commandLimit))"
          + (group.clientFlows < group.flows ? " in \(flowCount(group.clientFlows))" : "")
      }
      return part
    }
    if let fourth { parts.append("\(fourth.title) in \(flowCount(fourth.group.flows))") }
    if others > 0 { parts.append("other applications in \(flowCount(others))") }
    guard parts.count > 1, let last = parts.popLast() else { return parts.first ?? "" }
    return parts.joined(separator: "; ") + " and " + last
  }
}
