import Packets
import Sockets

/// Who waits on the port, or else who has connections on it, in words.
struct Listeners {
  /// `bound to every address by P`; nil when there is no socket.
  let text: String?
  /// What the only kind of program among them speaks; nil when unknown or when they differ.
  let program: String?

  /// Processes that are named; the rest is counted.
  private static let most = 3

  init(_ survey: PortSurvey?, transport: Transport, port: UInt16) {
    let sockets = (survey?.sockets ?? []).filter {
      $0.socket.transport.rawValue == transport.rawValue
    }
    let waiting = sockets.filter { $0.socket.isListening && $0.socket.localPort == port }
    let holders = Self.holders(waiting.isEmpty ? sockets : waiting)
    let names = Self.names(holders, in: waiting.isEmpty ? sockets : waiting)
    if !waiting.isEmpty {
      text = "bound to \(Self.addresses(waiting, port: port)) by \(names)"
    } else if !sockets.isEmpty {
      let count = sockets.count == 1 ? "1 connection" : "\(sockets.count) connections"
      text = "no listener; \(count) of \(names)"
    } else {
      text = nil
    }
    let kinds = Set(holders.map { ProgramWords.kind(of: $0) })
    program = !waiting.isEmpty && kinds.count == 1 ? kinds.first ?? nil : nil
  }

  /// Every process once, those that others inherited from first.
  private static func holders(_ sockets: [OwnedSocket]) -> [ProcessIdentity] {
    let all = sockets.flatMap(\.holders)
    var processes: [ProcessIdentity] = []
    for holder in all.filter({ !$0.isInherited }) + all.filter(\.isInherited)
    where !processes.contains(where: { $0.pid == holder.process.pid }) {
      processes.append(holder.process)
    }
    return processes
  }

  private static func names(_ processes: [ProcessIdentity], in sockets: [OwnedSocket]) -> String {
    var names = processes.prefix(most).map { ProcessWords.of($0) }
    if processes.count > most { names.append("\(processes.count - most) more") }
    for missing in MissingOwner.allCases
    where sockets.contains(where: { $0.holders.isEmpty && $0.missing == missing }) {
      names.append("no known process (\(Words.of(missing)))")
    }
    if names.isEmpty { names = ["no known process"] }
    guard names.count > 1, let last = names.popLast() else { return names[0] }
    return names.joined(separator: ", ") + " and " + last
  }

  private static func addresses(_ sockets: [OwnedSocket], port: UInt16) -> String {
    let exposures = Set(sockets.map { SocketRecord(owned: $0, port: port).exposure })
    if exposures.contains(.everyAddress) { return Words.of(.everyAddress) }
    let single = Set(
      sockets.compactMap { $0.socket.local?.address }.filter { !$0.isLoopback })
    if single.count > 1 { return "\(single.count) addresses" }
    var names = single.map { "one address, \($0)," }
    if exposures.contains(.loopback) { names.append(Words.of(.loopback)) }
    return names.joined(separator: " and ")
  }
}
