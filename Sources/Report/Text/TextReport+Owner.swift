public import Sockets
import Packets

extension TextReport {
  /// The sentence, then the sockets in ss's columns, then each process, then what would name the missing ones.
  public func owner(_ survey: PortSurvey, port: UInt16 = 3699) -> [String] {
    var lines = sentences(tally: Tally(), owners: survey, port: port)
    if survey.sockets.isEmpty { return lines + missing(survey, port: port) }
    lines.append("")
    lines += Columns.lines(
      [["Netid", "State", "Recv-Q", "Send-Q", "Local:Port", "Peer:Port", "Process"]]
        + survey.sockets.map { row($0) }, right: [2, 3])
    let stories = processes(survey).flatMap { [""] + story($0.process, sockets: $0.sockets) }
    return lines + stories + missing(survey, port: port)
  }

  private func row(_ owned: OwnedSocket) -> [String] {
    let socket = owned.socket
    let holders = owned.holders.map { holder in
      "\(Escaped.text(holder.process.command))(\(holder.process.pid),fd "
        + holder.descriptors.map(String.init).joined(separator: "/") + ")"
    }
    let text =
      holders.isEmpty
      ? "- (\(owned.missing?.rawValue ?? "unknown"))" : holders.joined(separator: ",")
    return [
      socket.transport.rawValue, socket.state.rawValue, String(socket.receiveQueue),
      String(socket.sendQueue), socket.local?.description ?? "?",
      socket.peer?.description ?? (socket.isIPv6 ? "[::]:*" : "0.0.0.0:*"),
      text + namespace(owned.namespace),
    ]
  }

  /// Which other network namespace the socket is in.
  private func namespace(_ namespace: NetworkNamespace?) -> String {
    guard let namespace, !namespace.isOwn else { return "" }
    return " in namespace "
      + (namespace.name.map { Escaped.text($0) } ?? "net:[\(namespace.inode)]")
  }

  /// Every process once, with its number of sockets.
  private func processes(_ survey: PortSurvey) -> [(process: ProcessIdentity, sockets: Int)] {
    var found: [(process: ProcessIdentity, sockets: Int)] = []
    for holder in survey.sockets.flatMap(\.holders) {
      let index = found.firstIndex {
        $0.process.pid == holder.process.pid && $0.process.startTicks == holder.process.startTicks
      }
      if let index { found[index].sockets += 1 } else { found.append((holder.process, 1)) }
    }
    return found
  }

  private func story(_ process: ProcessIdentity, sockets: Int) -> [String] {
    var rows = [["pid", String(process.pid)]]
    let executable = process.executable.map { Escaped.text($0) } ?? "not readable"
    rows.append([
      "executable", executable + (process.isExecutableDeleted ? " (deleted or replaced)" : ""),
    ])
    rows.append([
      "command line", process.arguments.isEmpty ? "not readable" : ProcessWords.command(process),
    ])
    rows.append(["calls itself", Escaped.text(process.command)])
    rows.append([
      "user", ProcessWords.user(process) + (process.userName == nil ? "" : " (\(process.user))"),
    ])
    if let start = process.startTime {
      rows.append(["started", Times.rfc3339(Timestamp(nanoseconds: start), digits: 0)])
    }
    if let directory = process.workingDirectory {
      rows.append(["working in", Escaped.text(directory)])
    }
    if let unit = process.unit { rows.append(["unit", Escaped.text(unit)]) }
    if let container = process.containerID { rows.append(["container", Escaped.text(container)]) }
    rows.append(["parent", process.parent > 0 ? "pid \(process.parent)" : "none"])
    rows.append(["holds", Amounts.count(sockets, "socket")])
    return Columns.lines(rows)
  }

  private func missing(_ survey: PortSurvey, port: UInt16) -> [String] {
    let reasons = Set(survey.sockets.filter { $0.holders.isEmpty }.compactMap(\.missing))
    var lines: [String] = []
    for reason in MissingOwner.allCases where reasons.contains(reason) {
      let count = survey.sockets.filter { $0.holders.isEmpty && $0.missing == reason }.count
      var line = "\(Amounts.count(count, "socket")) without a process: \(Words.of(reason))"
      if let remedy = Words.remedy(reason, port: port) { line += "; try: \(remedy)" }
      lines.append(line)
    }
    if survey.namespacesNotEntered > 0 {
      lines.append(
        "\(Amounts.count(survey.namespacesNotEntered, "network namespace")) could not be entered; "
          + "try: \(Words.remedy(.permissionDenied, port: port) ?? "")")
    }
    if !survey.isComplete { lines.append("the socket table changed while it was read; look again") }
    if survey.source == .procNet { lines.append("read from \(Words.of(survey.source))") }
    let incomplete = survey.sockets.filter { !$0.holders.isEmpty && $0.missing != nil }.count
    if incomplete > 0 {
      lines.append(
        "\(Amounts.count(incomplete, "socket")) may have more holders than could be seen")
    }
    if survey.namespacesNotEntered > 0 {
      lines.append(
        "\(Amounts.count(survey.namespacesNotEntered, "network namespace")) could not be entered; "
          + "try: \(Words.remedy(.permissionDenied, port: port) ?? "")")
    }
    if !survey.isComplete { lines.append("the socket table changed while it was read; look again") }
    if survey.source == .procNet { lines.append("read from \(Words.of(survey.source))") }
    return lines.isEmpty ? [] : [""] + lines
  }
}
