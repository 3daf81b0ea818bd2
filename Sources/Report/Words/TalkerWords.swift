import Packets
import Sockets

/// Who talks to whom, in words.
enum TalkerWords {
  /// Addresses and programs that are named; the rest is counted.
  private static let most = 3

  /// Servers, clients and probing hosts of all flows, a line each; nothing where one flow says it by itself.
  static func lines(_ tally: Tally) -> [String] {
    guard tally.flows > 1 else { return [] }
    // A scanner's further questions look like a client's.
    let clients = text(tally.clients, "flow", scanners: tally.probers)
    return [
      ("servers", text(tally.servers, "flow")), ("clients", clients),
      ("probed by", text(tally.probers, "flow")),
    ].compactMap { name, text in text.map { "\(name): \($0)" } }
  }

  /// Who talks to whom in a run; where no flow was seen, who is connected.
  static func lines(_ summary: SummaryRecord) -> [String] {
    guard summary.tally.flows == 0, let survey = summary.owners else { return lines(summary.tally) }
    return lines(survey, port: summary.port, hasListened: summary.counters.dropped != nil)
  }

  /// Who is connected to the port, and which programs here are connected to one elsewhere or here; nothing where nobody
  /// listens or connects. Of each command line at most `commandLimit` characters. After a capture, which `hasListened`,
  /// packets were looked at.
  static func lines(
    _ survey: PortSurvey, port: UInt16, commandLimit: Int? = nil, hasListened: Bool = false
  ) -> [String] {
    var clients = AddressTally()
    var programs: [String] = []
    var served: [String] = []
    var (isListening, hasDatagrams) = (false, false)
    for owned in survey.sockets {
      let socket = owned.socket
      if socket.state == .listening { isListening = true }
      if socket.transport == .udp, socket.waits { hasDatagrams = true }
      // A Multipath TCP connection's subflows are entries of their own.
      guard socket.state == .established, !socket.isMultipath, let peer = socket.peer else {
        continue
      }
      if socket.localPort == port { clients.note(peer.address.unmapped) }
      guard peer.port == port, socket.localPort != port else { continue }
      for holder in owned.holders where !holder.isInherited {
        let place = owned.namespace.flatMap { $0.isOwn ? nil : " in " + ContainerWords.of($0) }
        let process = ProcessWords.of(holder.process, limit: commandLimit) + (place ?? "")
        // A client does not get one of the privileged ports of its own accord.
        if socket.localPort < 1_024, let local = socket.local {
          let text = "\(process) at \(local) with \(peer)"
          if !served.contains(text) { served.append(text) }
          continue
        }
        var text = "\(process) to \(peer)"
        if holder.isOnStandardStreams, ProcessWords.isShell(holder.process) {
          text += " (a shell that takes its commands from there)"
        }
        if !programs.contains(text) { programs.append(text) }
      }
    }
    var lines: [String] = []
    // Of such a socket the kernel keeps no clients.
    let note =
      hasDatagrams && !hasListened
      ? "; clients of an unconnected UDP socket show in packets alone" : ""
    if let text = text(clients, "connection") {
      lines.append("connected now: \(text)\(note)")
    } else if isListening || hasDatagrams {
      lines.append("connected now: nobody\(note)")
    }
    if !programs.isEmpty {
      lines.append("connected from this host: \(list(programs, programs.count - most))")
    }
    if !served.isEmpty {
      lines.append("that port only as the other end's: \(list(served, served.count - most))")
    }
    return lines
  }

  /// `192.0.2.1 in 12 flows, 192.0.2.7 (also a scanner) in 1 and 3 others in 4`; nil where there are none.
  private static func text(
    _ tally: AddressTally, _ noun: String, scanners: AddressTally = AddressTally()
  ) -> String? {
    let sorted = tally.sorted
    guard let first = sorted.first else { return nil }
    func name(_ address: IPAddress) -> String {
      "\(address)" + (scanners.flows[address] == nil ? "" : " (also a scanner)")
    }
    var parts = ["\(name(first.address)) in \(Amounts.count(first.flows, noun))"]
    parts += sorted.dropFirst().prefix(most - 1).map { "\(name($0.address)) in \($0.flows)" }
    let rest = sorted.dropFirst(most)
    let flows = rest.reduce(0) { $0 &+ $1.flows } &+ tally.others
    guard flows > 0 else { return joined(parts) }
    let atLeast = tally.others > 0 ? "at least " : ""
    return joined(parts + ["\(atLeast)\(Amounts.count(max(rest.count, 1), "other")) in \(flows)"])
  }

  private static func list(_ texts: [String], _ more: Int) -> String {
    joined(Array(texts.prefix(most)) + (more > 0 ? ["\(more) more"] : []))
  }

  private static func joined(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
