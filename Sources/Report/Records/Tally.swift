import Flows
public import Packets
import Verdicts

/// Flows added up for the summary; its size does not grow with theirs.
public struct Tally: Sendable {
  /// Kinds of applications, ports or tools that are told apart a transport; the rest is counted together.
  public static let kinds = 64

  /// What was added up for one transport.
  public private(set) var transports: [Transport: TransportTally] = [:]
  /// The time of the first packet; nil before the first flow.
  public private(set) var first: Timestamp?
  /// The time of the last packet.
  public private(set) var last: Timestamp?
  /// The finest time of the inputs, in decimal digits of a second.
  public private(set) var digits = 0
  /// Flows by server: all but those in which the port is the client's, probes and backscatter.
  public private(set) var servers = AddressTally()
  /// The same flows by client.
  public private(set) var clients = AddressTally()
  /// Probes by who sent them.
  public private(set) var probers = AddressTally()

  /// Flows that several inputs hold, of those that were read in this run.
  public private(set) var split = SplitFlows()

  /// Nothing yet.
  public init() {}

  /// Adds a flow; each flow once, when it is over.
  public mutating func note(_ record: FlowRecord) {
    note(first: record.flow.first, last: record.flow.last, digits: record.origin.digits)
    transports[record.flow.transport, default: TransportTally()].note(record)
    split.note(record)
    switch record.verdict.verdictClass {
    // Which end is the server's is not known.
    case _ where record.areEndsOpen: break
    case .scan: probers.note(record.flow.client.address)
    // The port is nobody's service here, or the sender's address may be anybody's.
    case .portCoincidence, .backscatter: break
    case .genuineKPNICW, .icwFamily, .consistentWithICW, .otherApplication, .undetermined:
      servers.note(record.flow.server.address)
      clients.note(record.flow.client.address)
    }
  }

  /// Adds ICMP errors about a flow that was not captured.
  public mutating func note(_ record: OrphanRecord) {
    note(first: record.orphan.first, last: record.orphan.last, digits: record.origin.digits)
    transports[record.orphan.error.transport, default: TransportTally()].note(record)
  }

  /// Counts a flow that was left out of the selection.
  public mutating func leaveOut(_ record: FlowRecord) {
    transports[record.flow.transport, default: TransportTally()].leaveOut(
      packets: record.flow.packets)
  }

  /// Counts ICMP errors without their flow that were left out of the selection.
  public mutating func leaveOut(_ record: OrphanRecord) {
    transports[record.orphan.error.transport, default: TransportTally()].leaveOut(packets: 0)
  }

  /// Flows, and orphans, that were left out of the selection.
  public var leftOut: Int { transports.values.reduce(0) { $0 + $1.leftOut.flows } }

  /// All flows, and orphans, of one transport.
  public func flows(_ transport: Transport) -> Int {
    transports[transport]?.classes.values.reduce(0, +) ?? 0
  }

  /// All flows, and orphans.
  public var flows: Int { Transport.allCases.reduce(0) { $0 + flows($1) } }

  /// Adds what was added up elsewhere. Of more kinds than are told apart those that come later are counted together.
  public mutating func add(_ other: Tally) {
    if let first = other.first, let last = other.last {
      note(first: first, last: last, digits: other.digits)
    }
    for (transport, sums) in other.transports { add(sums, of: transport) }
    add(servers: other.servers, clients: other.clients, probers: other.probers)
    split.add(other.split)
  }

  mutating func add(servers: AddressTally, clients: AddressTally, probers: AddressTally) {
    self.servers.add(servers)
    self.clients.add(clients)
    self.probers.add(probers)
  }

  mutating func add(_ sums: TransportTally, of transport: Transport) {
    transports[transport, default: TransportTally()].add(sums)
  }

  mutating func note(first: Timestamp, last: Timestamp, digits: Int) {
    self.first = min(self.first ?? first, first)
    self.last = max(self.last ?? last, last)
    self.digits = max(self.digits, digits)
  }
}
