import Flows
import Packets
import Verdicts

/// Flows added up by something that they have in common; its size does not grow with theirs.
public struct Grouping: Sendable {
  /// What flows are added up by.
  public enum Key: String, Hashable, Sendable, CaseIterable {
    /// The application's canonical name; without one the class of the verdict.
    case application
    /// The server's address, port and transport.
    case server
    /// The client's address.
    case client
    /// The day of the flow's first packet, in UTC.
    case day
  }

  /// Groups that are told apart; flows of later ones are counted together.
  public static let most = 65_536

  /// What flows are added up by.
  public let key: Key
  /// How many groups are told of, those with the most flows; nil for all.
  public let top: Int?
  private var groups: [Name: GroupRecord] = [:]
  /// Flows beyond `most` groups.
  private var others = 0
  private var digits = 0

  private enum Name: Hashable {
    case application(String?, VerdictClass?)
    case server(Endpoint, Transport)
    case client(IPAddress)
    case day(Int64)
    /// Nothing shows which end is the client.
    case unknown
  }

  /// Nothing yet.
  public init(by key: Key, top: Int? = nil) {
    self.key = key
    self.top = top
  }

  /// Adds a flow; each flow once, when it is over.
  public mutating func note(_ record: FlowRecord) {
    let flow = record.flow
    note(
      name(
        record.verdict, flow.client, flow.server, flow.transport, flow.first,
        areEndsOpen: record.areEndsOpen), record.verdict,
      from: flow.first, to: flow.last, digits: record.origin.digits, packets: flow.packets,
      bytes: flow.clientCounters.bytes &+ flow.serverCounters.bytes)
  }

  /// Adds ICMP errors about a flow that was not captured.
  public mutating func note(_ record: OrphanRecord) {
    let (orphan, error) = (record.orphan, record.orphan.error)
    note(
      name(
        record.verdict, error.quotedSource, error.quotedDestination, error.transport, orphan.first,
        areEndsOpen: false),
      record.verdict, from: orphan.first, to: orphan.last, digits: record.origin.digits, packets: 0,
      bytes: 0)
  }

  private func name(
    _ verdict: Verdict, _ client: Endpoint, _ server: Endpoint, _ transport: Transport,
    _ first: Timestamp, areEndsOpen: Bool
  ) -> Name {
    switch key {
    case .server where areEndsOpen, .client where areEndsOpen: .unknown
    case .application:
      .application(verdict.application, verdict.application == nil ? verdict.verdictClass : nil)
    case .server: .server(server, transport)
    case .client: .client(client.address)
    case .day: .day(Times.floorDivide(first.nanoseconds, 86_400_000_000_000).quotient)
    }
  }

  private mutating func note(
    _ name: Name, _ verdict: Verdict, from first: Timestamp, to last: Timestamp, digits: Int,
    packets: Int, bytes: Int
  ) {
    self.digits = max(self.digits, digits)
    guard groups[name] != nil || groups.count < Self.most else {
      others += 1
      return
    }
    groups[name, default: Self.group(key, name, first)].add(
      verdict, from: first, to: last, packets: packets, bytes: bytes)
  }

  private static func group(_ key: Key, _ name: Name, _ first: Timestamp) -> GroupRecord {
    var group = GroupRecord(by: key, first: first)
    switch name {
    case .application(let application, let verdictClass):
      group.name = application ?? "(\(verdictClass?.rawValue ?? ""))"
      group.application = application
    case .server(let endpoint, let transport):
      group.name = "\(endpoint)/\(transport.rawValue)"
      (group.address, group.port, group.transport) = (endpoint.address, endpoint.port, transport)
    case .client(let address):
      group.name = address.description
      group.address = address
    case .unknown: group.name = "(not known)"
    case .day: group.name = Times.date(Times.parts(first))
    }
    return group
  }

  /// The groups that are told of: days in their order, else and with `top` those with the most flows first.
  public var told: [GroupRecord] {
    let digits = digits
    var sorted = groups.values.sorted { one, other in
      if key == .day, top == nil { return one.first < other.first }
      if one.flows != other.flows { return one.flows > other.flows }
      if one.packets != other.packets { return one.packets > other.packets }
      return one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
    if let top { sorted = Array(sorted.prefix(top)) }
    return sorted.map { group in
      var group = group
      group.digits = digits
      return group
    }
  }

  /// Groups that are known and not told of, and their flows.
  public var untold: (groups: Int, flows: Int) {
    let told = told
    let flows = groups.values.reduce(0) { $0 + $1.flows }
    return (groups.count - told.count, flows - told.reduce(0) { $0 + $1.flows } + others)
  }
}
