import Flows
import Packets
import Report
import Verdicts

/// The flows that are told of; the rest is only counted.
struct Selection: Sendable {
  /// Flows that ended before are left out.
  var since: Timestamp?
  /// Flows that began then or later are left out.
  var until: Timestamp?
  /// Classes; nil for all.
  var classes: Set<VerdictClass>?
  /// Applications; nil for all, also for those without a name.
  var applications: Set<String>?
  /// Addresses of which a flow has to have one; empty for all.
  var hosts: [Prefix] = []
  /// Community IDs; empty for all.
  var communityIDs: Set<String> = []

  /// Whether nothing is left out.
  var isAll: Bool {
    since == nil && until == nil && classes == nil && applications == nil && hosts.isEmpty
      && communityIDs.isEmpty
  }

  /// Whether a flow is told of.
  func includes(_ record: FlowRecord) -> Bool {
    let flow = record.flow
    return includes(from: flow.first, to: flow.last, flow.client, flow.server, flow.transport)
      && includes(record.verdict)
  }

  /// Whether ICMP errors about a flow that was not captured are told of.
  func includes(_ record: OrphanRecord) -> Bool {
    let orphan = record.orphan
    return includes(
      from: orphan.first, to: orphan.last, orphan.error.quotedSource,
      orphan.error.quotedDestination, orphan.error.transport) && includes(record.verdict)
  }

  /// Whether a packet is told of, before its flow has a verdict.
  func includes(_ content: PacketRecord.Content, at time: Timestamp) -> Bool {
    switch content {
    case .packet(let packet):
      includes(from: time, to: time, packet.source, packet.destination, packet.transport)
    case .error(let error):
      includes(from: time, to: time, error.quotedSource, error.quotedDestination, error.transport)
    }
  }

  private func includes(_ verdict: Verdict) -> Bool {
    if let classes, !classes.contains(verdict.verdictClass) { return false }
    guard let applications else { return true }
    return verdict.application.map(applications.contains) ?? false
  }

  private func includes(
    from first: Timestamp, to last: Timestamp, _ one: Endpoint, _ other: Endpoint,
    _ transport: Transport
  ) -> Bool {
    if let since, last < since { return false }
    if let until, first >= until { return false }
    if !hosts.isEmpty,
      !hosts.contains(where: { $0.contains(one.address) || $0.contains(other.address) })
    {
      return false
    }
    return communityIDs.isEmpty
      || communityIDs.contains(FlowRecord.communityID(transport, one, other))
  }
}
