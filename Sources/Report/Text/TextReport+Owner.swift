public import Packets
public import Sockets

extension TextReport {
  /// The sentence, then the sockets in ss's columns, then each process, then what would name the missing ones. Brief:
  /// the table alone. Addresses of which `names` knows a name, raw, stand in the table by that. `tellsNext` adds what to do
  /// next, `isRedacted` that names are nobody's.
  public func owner(
    _ survey: PortSurvey, port: UInt16 = 3699, isBrief: Bool = false,
    names: [IPAddress: String] = [:], tellsNext: Bool = false, isRedacted: Bool = false
  ) -> [String] {
    if isBrief { return survey.sockets.isEmpty ? [] : table(survey.sockets, names) }
    var lines = sentences(tally: Tally(), owners: survey, port: port)
    lines += TalkerWords.lines(survey, port: port, commandLimit: commandLimit).flatMap { laid($0) }
    let next =
      tellsNext ? next(SummaryRecord(tally: Tally(), owners: survey, port: port)) : []
    // What a capture says next stands apart on a screen.
    let end = next.isEmpty ? style.isTerminal && !tellsNext ? [""] : [] : [""] + next
    let last =
      notes(survey, port: port).flatMap { laid($0) } + (isRedacted ? [""] + redaction : [])
      + end
    if survey.sockets.isEmpty { return lines + last }
    let shown = style.explain ? survey.sockets : Self.withoutRemains(survey.sockets)
    lines.append("")
    lines += table(shown, names)
    let hidden = Remains.allCases.compactMap { kind -> String? in
      let count = survey.sockets.count { Remains($0) == kind } - shown.count { Remains($0) == kind }
      return count > 0 ? "\(count) \(kind.rawValue)" : nil
    }
    if !hidden.isEmpty {
      let command = "icwscan owner --brief" + (port == 3699 ? "" : " --port \(port)")
      lines += laid("and more connections: \(hidden.joined(separator: ", ")) (\(command))")
    }
    // An MPTCP listener and the TCP socket below it are bound alike.
    let exposures = survey.sockets
      .filter { $0.socket.isListening && !$0.socket.isMultipath }.compactMap { owned in
        exposure(owned, tellsHolders: Self.hasTwin(owned, among: survey.sockets))
      }
      .flatMap { laid($0) }
    if !exposures.isEmpty { lines += [""] + exposures }
    let stories = processes(survey).flatMap { [""] + story($0) }
    return lines + stories + last
  }

  /// Connections that nobody holds, of which a report for people lists some.
  private enum Remains: String, CaseIterable {
    case over = "in TIME-WAIT"
    case waiting = "not accepted"
    case orphaned

    /// How many of a kind are listed.
    static let most = 3

    init?(_ owned: OwnedSocket) {
      guard owned.holders.isEmpty else { return nil }
      if owned.socket.state == .timeWait {
        self = .over
      } else if owned.socket.isAwaitingAccept {
        self = .waiting
      } else if owned.missing == .orphaned {
        self = .orphaned
      } else {
        return nil
      }
    }
  }

  private static func withoutRemains(_ sockets: [OwnedSocket]) -> [OwnedSocket] {
    var seen: [Remains: Int] = [:]
    return sockets.filter { owned in
      guard let kind = Remains(owned) else { return true }
      seen[kind, default: 0] += 1
      return seen[kind, default: 0] <= Remains.most
    }
  }

  private func table(_ sockets: [OwnedSocket], _ names: [IPAddress: String]) -> [String] {
    var rows = Columns.lines(
      [["Netid", "State", "Recv-Q", "Send-Q", "Local:Port", "Peer:Port", "Process"]]
        + sockets.map { row($0, names) }, right: [2, 3])
    rows[0] = paint(rows[0], .bold)
    guard style.explain else { return rows.flatMap { laid(row: $0) } }
    return [rows[0]]
      + zip(rows.dropFirst(), sockets).flatMap {
        laid(row: $0) + laid("       " + details($1.socket), indent: 7)
      }
  }

  /// A row in lines that keep each process and its descriptor together.
  private func laid(row: String) -> [String] {
    let lines = laid(row, indent: Self.rowIndent)
    return style.width == nil ? lines : lines.map { $0.replacing(Self.unbroken, with: " ") }
  }

  private static let rowIndent = 7
  /// A blank at which no line is broken.
  private static let unbroken = "\u{A0}"

  private func row(_ owned: OwnedSocket, _ names: [IPAddress: String]) -> [String] {
    let socket = owned.socket
    let holders = owned.holders.map { holder in
      let numbers = holder.descriptors + holder.rings
      return "\(Escaped.text(holder.process.command))(\(holder.process.pid),fd "
        + numbers.map(String.init).joined(separator: "/") + ")"
    }
    var text =
      holders.isEmpty
      ? "- (\(socket.isAwaitingAccept ? "not accepted" : owned.missing?.rawValue ?? "unknown"))"
      : holders.joined(separator: ",")
    // What fits into a line of its own is not broken.
    if let width = style.width, text.count <= width - Self.rowIndent {
      text.replace(" ", with: Self.unbroken)
    }
    let place = owned.namespace.flatMap { $0.isOwn ? nil : " in " + ContainerWords.of($0) } ?? ""
    return [
      socket.name, socket.state.rawValue,
      String(socket.receiveQueue), String(socket.sendQueue),
      socket.local.map { named($0, names[$0.address]) } ?? "?",
      socket.peer.map { named($0, names[$0.address]) }
        ?? (socket.isIPv6 ? "[::]:*" : "0.0.0.0:*"), text + place,
    ]
  }

  /// Everything else that the kernel says of a socket, in the names of `ss -eoi`.
  func details(_ socket: SocketEntry) -> String {
    var parts: [String] = []
    if let timer = socket.timer {
      parts.append(
        "timer:(\(timer.kind.rawValue),\(timer.milliseconds)ms,\(timer.retransmissions))")
    }
    parts.append("uid:\(socket.user)")
    parts.append("ino:\(socket.inode)")
    if socket.cookie != 0 { parts.append("sk:" + String(socket.cookie, radix: 16)) }
    if let mark = socket.mark, mark != 0 { parts.append("fwmark:0x" + String(mark, radix: 16)) }
    if let device = device(socket) { parts.append("dev:\(device)") }
    if let only = socket.isIPv6Only { parts.append("v6only:\(only ? 1 : 0)") }
    if let congestion = socket.congestion { parts.append(Escaped.text(congestion)) }
    if let time = socket.roundTripMicroseconds { parts.append("rtt:\(time)us") }
    if let bytes = socket.bytesAcknowledged { parts.append("bytes_acked:\(bytes)") }
    if let bytes = socket.bytesReceived { parts.append("bytes_received:\(bytes)") }
    if let time = socket.lastSentMilliseconds { parts.append("lastsnd:\(time)ms") }
    if let time = socket.lastReceivedMilliseconds { parts.append("lastrcv:\(time)ms") }
    if let layer = socket.upperLayer { parts.append("ulp:\(Escaped.text(layer))") }
    return parts.joined(separator: " ")
  }

  /// The device that a socket is bound to, by name where it has one.
  private func device(_ socket: SocketEntry) -> String? {
    guard socket.boundInterface != 0 else { return nil }
    return socket.boundInterfaceName.map { Escaped.text($0) } ?? "index \(socket.boundInterface)"
  }

  /// To which addresses a socket is bound, in a sentence; says nothing of who can reach it.
  func exposure(_ owned: OwnedSocket, tellsHolders: Bool = false) -> String? {
    let socket = owned.socket
    guard let local = socket.local else { return nil }
    let record = SocketRecord(owned: owned, port: socket.localPort)
    // An IPv6 socket bound to a mapped IPv4 address takes IPv4 alone.
    let isMapped = socket.isIPv6 && local.address.unmapped.family == .ipv4
    var text: String
    switch record.exposure {
    case .everyAddress where isMapped: text = "every IPv4 address"
    case .everyAddress where socket.isIPv6:
      switch socket.isIPv6Only {
      case true: text = "every IPv6 address, not IPv4"
      case false: text = "every address, IPv6 and IPv4 (dual stack)"
      case nil: text = "every IPv6 address; whether IPv4 too is not known"
      }
    case .everyAddress: text = "every IPv4 address"
    case .oneAddress: text = "one address"
    case .loopback: text = "loopback only"
    }
    if isMapped { text += " (through an IPv6 socket)" }
    if let device = device(socket) { text += ", on device \(device) only" }
    let namespace = owned.namespace.flatMap { $0.isOwn ? nil : $0 }
    if let namespace { text += ", inside \(ContainerWords.of(namespace))" }
    let firewall = FirewallWords.of(owned.inputFilters, in: namespace).map { "; \($0)" } ?? ""
    return
      "\(socket.transport.rawValue) \(local)\(tellsHolders ? holders(owned) : "") is bound to \(text)\(stopped(owned))\(queue(socket))\(firewall)"
  }

  /// Whether another socket waits at the same address, so that only who holds it tells which is meant.
  private static func hasTwin(_ owned: OwnedSocket, among sockets: [OwnedSocket]) -> Bool {
    sockets.contains {
      $0.socket.isListening && $0.socket.transport == owned.socket.transport
        && $0.socket.local == owned.socket.local && $0.socket.inode != owned.socket.inode
        && $0.namespace?.inode == owned.namespace?.inode
    }
  }

  private func holders(_ owned: OwnedSocket) -> String {
    let numbers = owned.holders.prefix(3).map { String($0.process.pid) }
    if numbers.isEmpty { return "" }
    let more = owned.holders.count - numbers.count
    return " of pid " + numbers.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// That nobody answers what comes to a listener: each process that holds it is stopped.
  private func stopped(_ owned: OwnedSocket) -> String {
    guard !owned.holders.isEmpty, owned.holders.allSatisfy({ $0.provenance?.isStopped == true })
    else { return "" }
    let some = owned.holders.prefix(3).map { String($0.process.pid) }
    let numbers = some.joined(separator: " ") + (owned.holders.count > some.count ? " ..." : "")
    return "; nobody answers: its program is stopped (kill -CONT \(numbers))"
  }

  /// Of a TCP listener whose program takes too few connections: those that wait, and whether more are let in. The kernel
  /// lets one more wait than was asked for (sk_acceptq_is_full in include/net/sock.h).
  private func queue(_ socket: SocketEntry) -> String {
    guard socket.state == .listening, socket.receiveQueue > 0 else { return "" }
    let waiting = Amounts.count(Int(socket.receiveQueue), "connection")
    // /proc/net tells no bound.
    return socket.cookie != 0 && socket.receiveQueue > socket.sendQueue
      ? "; its queue is full: \(waiting) not accepted by the program, and the kernel drops what else comes"
      : "; \(waiting) not accepted by the program yet"
  }

  /// Every process once, with its sockets.
  private func processes(_ survey: PortSurvey) -> [Shown] {
    var found: [Shown] = []
    var places = SortedTable<ProcessKey, Int>()
    for owned in survey.sockets {
      for holder in owned.holders {
        let inode = owned.socket.inode
        if let index = places[holder.process.key] {
          found[index].inodes.append(inode)
        } else {
          places.note(found.count, of: holder.process.key)
          found.append(Shown(holder: holder, inodes: [inode]))
        }
      }
    }
    return found
  }
}
