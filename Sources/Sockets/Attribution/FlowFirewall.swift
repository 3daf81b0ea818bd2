/// Finds the rule of this network namespace's firewall that ended a flow's first packets.
///
/// The rules are read anew for each question, as they may have changed since the start; so questions are few.
final class FlowFirewall {
  /// Questions that are answered in one interval, which lasts so many nanoseconds.
  private static let most = 32
  private static let interval: UInt64 = 10_000_000_000

  private let proc: ProcRoot
  private var begin: UInt64 = 0
  private var count = 0

  /// A finder that looks for the older tables in the /proc at `proc`.
  init(proc: ProcRoot = ProcRoot()) { self.proc = proc }

  /// The rule that drops or rejects what opens a flow from the peer to this end; nil where none does for certain, and
  /// where too much was asked. `origin` says whether the peer is this host itself.
  func refusal(
    of request: AttributionRequest, from origin: InputFilter.Origin
  ) -> FirewallRefusal? {
    guard hasRoom, let proc = try? proc.open() else { return nil }
    let (local, peer) = (request.local.unmapped, request.peer.unmapped)
    guard local.address.count == peer.address.count else { return nil }
    let packet = FirewallPacket(
      transport: request.transport, isIPv6: local.address.count == 16, port: local.port,
      origin: origin, source: peer.address, destination: local.address)
    let end = FirewallSurvey.end(of: packet, in: proc)
    guard let rule = end.rule else { return nil }
    switch end.state {
    case .dropped: return FirewallRefusal(isRejected: false, rule: rule)
    case .rejected: return FirewallRefusal(isRejected: true, rule: rule)
    case .noRules, .notDropped, .sentOn, .notEvaluated: return nil
    }
  }

  private var hasRoom: Bool {
    let now = HolderSearch.now()
    if now &- begin >= Self.interval { (begin, count) = (now, 0) }
    count += 1
    return count <= Self.most
  }
}
