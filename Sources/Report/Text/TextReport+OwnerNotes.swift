import Packets
import Sockets

extension TextReport {
  /// What is to be said beside the sockets: who is missing and why, units, what could not be read.
  func notes(_ survey: PortSurvey, port: UInt16) -> [String] {
    let lines =
      shared(survey) + unserved(survey) + silent(survey) + firewalls(survey, port: port)
      + units(survey, port: port)
      + missing(survey, port: port) + reading(survey, port: port)
    return lines.isEmpty ? [] : [""] + lines
  }

  /// Addresses that are named where nobody listens on them.
  private static let mostUnserved = 8

  /// Addresses of this host on which nobody listens, while somebody does on others.
  private func unserved(_ survey: PortSurvey) -> [String] {
    guard !survey.unserved.isEmpty else { return [] }
    let all = survey.unserved.compactMap { IPAddress(bytes: $0)?.description }
    let more = all.count - Self.mostUnserved
    let names = all.prefix(Self.mostUnserved) + (more > 0 ? ["\(more) more"] : [])
    return ["nobody listens for TCP on this host's \(names.joined(separator: ", "))"]
  }

  /// Sockets that share an address: told from descriptors that were inherited. Two TCP listeners can do so by SO_REUSEPORT
  /// alone; two UDP sockets also by SO_REUSEADDR, which the kernel does not tell.
  private func shared(_ survey: PortSurvey) -> [String] {
    let waiting = survey.sockets.filter { $0.socket.waits && $0.socket.inode != 0 }
    guard waiting.count > 1 else { return [] }
    var groups: [[String]: Set<UInt32>] = [:]
    for owned in waiting {
      let socket = owned.socket
      let key = [
        socket.transport.rawValue, socket.local?.description ?? "?",
        String(owned.namespace?.inode ?? 0), String(owned.namespace?.memberPID ?? 0),
        String(socket.boundInterface),
      ]
      groups[key, default: []].insert(socket.inode)
    }
    return groups.filter { $0.value.count > 1 }.sorted { $0.key.joined() < $1.key.joined() }.map {
      "\($0.value.count) sockets share \($0.key[0]) \($0.key[1]) "
        + ($0.key[0] == "tcp"
          ? "(SO_REUSEPORT): the kernel spreads what comes over them"
          : "(SO_REUSEPORT: the kernel spreads what comes over them; or SO_REUSEADDR: the last one gets it)")
    }
  }

  /// Attempts after which an end that acknowledges nothing is told: the seventh comes about half a minute after the first.
  private static let manyAttempts = 6

  /// Connections whose other end acknowledges nothing any more.
  private func silent(_ survey: PortSurvey) -> [String] {
    survey.sockets.compactMap { owned in
      let socket = owned.socket
      guard let timer = socket.timer, timer.kind == .retransmission,
        timer.retransmissions >= Self.manyAttempts, socket.state == .established,
        let local = socket.local, let peer = socket.peer
      else { return nil }
      let since = socket.lastReceivedMilliseconds.map {
        ", nothing came from there for \(Times.duration(Int64($0) * 1_000_000))"
      }
      return
        "\(peer) may be gone: \(Amounts.count(Int(socket.sendQueue), "byte")) for it from \(local) not "
        + "acknowledged, sent again \(timer.retransmissions) times" + (since ?? "")
    }
  }

  private func units(_ survey: PortSurvey, port: UInt16) -> [String] {
    let active = Set(survey.sockets.flatMap(\.activation))
    return survey.units.map { UnitWords.of($0, port: port, isActive: active.contains($0)) }
      + survey.unitConflicts.map { first, second in
        "units \(Escaped.text(first.unit)) and \(Escaped.text(second.unit)) claim the same "
          + "\(first.transport.rawValue) port: only one of them can start"
      }
  }

  private func missing(_ survey: PortSurvey, port: UInt16) -> [String] {
    var counts: [String: Int] = [:]
    var order: [(text: String, owned: OwnedSocket)] = []
    for reason in MissingOwner.allCases {
      for owned in survey.sockets where owned.holders.isEmpty && owned.missing == reason {
        let text = Words.of(reason, of: owned.socket)
        if counts[text] == nil { order.append((text, owned)) }
        counts[text, default: 0] += 1
      }
    }
    return order.map { text, owned in
      var line = "\(Amounts.count(counts[text] ?? 1, "socket")) without a process: \(text)"
      if let group = owned.controlGroup {
        line += "; made in the control group \(Escaped.text(group))"
      }
      if let reason = owned.missing,
        let remedy = Words.remedy(
          reason, port: port, gainsNothingFromSudo: survey.gainsNothingFromSudo)
      {
        line += "; try: \(remedy)"
      }
      return line
    }
  }

  private func reading(_ survey: PortSurvey, port: UInt16) -> [String] {
    var lines: [String] = []
    let incomplete = survey.sockets.filter { !$0.holders.isEmpty && $0.missing != nil }
    if let reason = incomplete.first?.missing {
      var line =
        "\(Amounts.count(incomplete.count, "socket")) may have more holders: "
        + Words.of(reason)
      if survey.unreadableProcesses > 0 { line += " (\(unreadable(survey)))" }
      lines.append(line)
    } else if survey.unreadableProcesses > 0, survey.sockets.contains(where: { $0.holders.isEmpty })
    {
      lines.append("could not be read: \(unreadable(survey))")
    }
    let remedy = Words.remedy(
      .permissionDenied, port: port, gainsNothingFromSudo: survey.gainsNothingFromSudo)
    let advice = remedy.map { "; try: \($0)" } ?? ""
    let isText = survey.source == .procNet
    if survey.namespacesReadAsText > 0 {
      let namespaces = Amounts.count(survey.namespacesReadAsText, "other network namespace")
      lines.append(
        // No right helps where the kernel has no other way to tell.
        "\(namespaces) could be read through /proc alone, which \(Self.untold)"
          + (isText ? "" : advice))
    }
    if survey.namespacesNotEntered > 0 {
      let more = survey.namespacesNotEntered - survey.notEntered.count
      let names =
        survey.notEntered.map { ContainerWords.of($0) } + (more > 0 ? ["\(more) more"] : [])
      let list = survey.notEntered.isEmpty ? "" : ": " + names.joined(separator: ", ")
      lines.append(
        "\(Amounts.count(survey.namespacesNotEntered, "network namespace")) could not be entered"
          + list + advice)
    }
    if !survey.isComplete { lines.append("the socket table changed while it was read; look again") }
    if isText { lines.append("read from \(Words.of(survey.source)); that \(Self.untold)") }
    return lines
  }

  /// What the text of /proc/net lacks.
  private static let untold =
    "tells nothing of Multipath TCP, of TCP sockets that are bound and do not listen, of backlogs, timers, times "
    + "and bytes"

  /// `3 processes: pid 1, 7, 9`.
  private func unreadable(_ survey: PortSurvey) -> String {
    let count = survey.unreadableProcesses
    let noun = count == 1 ? "1 process" : "\(count) processes"
    guard !survey.unreadable.isEmpty else { return noun }
    let more = count > survey.unreadable.count ? ", ..." : ""
    return noun + ": pid " + survey.unreadable.map(String.init).joined(separator: ", ") + more
  }
}
