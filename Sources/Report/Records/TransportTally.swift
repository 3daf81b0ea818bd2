import Flows
public import Sockets
public import Verdicts

/// The flows of one transport, added up.
public struct TransportTally: Sendable {
  /// Flows of one kind: of an application, or of an application on a service's port, or of a tool.
  public struct Kind: Hashable, Sendable {
    /// Class of the verdict.
    public var verdictClass: VerdictClass
    /// Canonical name of the application; nil when it has none.
    public var application: String?
    /// The service's port of a coincidence.
    public var servicePort: UInt16?
    /// The tool of the client.
    public var tool: String?
    /// Whether the server contradicts itself from connection to connection.
    public var isSpoofer = false
  }

  /// What is kept of the flows of one kind.
  public struct Group: Sendable {
    /// How many flows.
    public var flows = 0
    /// Captured packets of them.
    public var packets = 0
    /// Bytes of those packets.
    public var bytes = 0
    /// Calls in them; only flows of a documented ICW protocol have any.
    public var calls = 0
    /// What the first of them that told something told.
    public var summary: String?
    /// A process at the server's end, of the first flow that had one.
    public var server: ProcessIdentity?
    /// A process at the client's end, of the first flow that had one.
    public var client: ProcessIdentity?
    /// Whether another flow had another process at the server's end.
    public var hasOtherServers = false
    /// Whether another flow had another process, or none that is known, at the client's end.
    public var hasOtherClients = false
    /// Of undetermined flows, how many are so for which reason.
    public var reasons: [EvidenceItem: Int] = [:]
  }

  /// Flows that a selection left out.
  public struct LeftOut: Hashable, Sendable {
    /// How many flows.
    public var flows = 0
    /// Captured packets of them.
    public var packets = 0
  }

  /// Flows that were left out of the selection; nothing else here counts them.
  public private(set) var leftOut = LeftOut()
  /// Flows by class.
  public private(set) var classes: [VerdictClass: Int] = [:]
  /// Flows by kind, at most `Tally.kinds`.
  public private(set) var groups: [Kind: Group] = [:]
  /// Flows of kinds beyond that bound, by class.
  public private(set) var others: [VerdictClass: Int] = [:]
  /// Captured packets.
  public private(set) var packets = 0
  /// Bytes of those packets.
  public private(set) var bytes = 0

  /// Nothing yet, or what was added up beside kinds and classes.
  init(packets: Int = 0, bytes: Int = 0, leftOut: LeftOut = LeftOut()) {
    self.packets = packets
    self.bytes = bytes
    self.leftOut = leftOut
  }

  mutating func note(_ record: FlowRecord) {
    let flow = record.flow
    let size = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    note(record.verdict, packets: flow.packets, bytes: size) { group in
      group.calls += FactWords.calls(record.verdict) ?? 0
      if group.summary == nil { group.summary = FactWords.summary(of: record.verdict) }
      if record.verdict.verdictClass == .undetermined,
        let reason = FlowWords.reason(of: record.verdict)
      {
        group.reasons[reason, default: 0] += 1
      }
      if group.flows > 1, group.client?.key != record.clientProcess?.key {
        group.hasOtherClients = true
      }
      if group.client == nil { group.client = record.clientProcess }
      if let known = group.server, let server = record.serverProcess {
        if known.key != server.key {
          group.hasOtherServers = true
        }
      } else if group.server == nil {
        group.server = record.serverProcess
      }
    }
  }

  mutating func leaveOut(packets: Int) {
    leftOut.flows += 1
    leftOut.packets &+= packets
  }

  mutating func note(_ record: OrphanRecord) {
    note(record.verdict, packets: 0, bytes: 0) { _ in }
  }

  private mutating func note(
    _ verdict: Verdict, packets: Int, bytes: Int, _ change: (inout Group) -> Void
  ) {
    classes[verdict.verdictClass, default: 0] += 1
    self.packets &+= packets
    self.bytes &+= bytes
    let kind = Kind(
      verdictClass: verdict.verdictClass, application: verdict.application,
      servicePort: verdict.servicePort, tool: verdict.tool, isSpoofer: verdict.spoofing != nil)
    guard groups[kind] != nil || groups.count < Tally.kinds else {
      others[verdict.verdictClass, default: 0] += 1
      return
    }
    groups[kind, default: Group()].flows += 1
    groups[kind, default: Group()].packets &+= packets
    groups[kind, default: Group()].bytes &+= bytes
    change(&groups[kind, default: Group()])
  }

  /// Adds what was added up elsewhere.
  mutating func add(_ other: TransportTally) {
    packets &+= other.packets
    bytes &+= other.bytes
    leftOut.flows &+= other.leftOut.flows
    leftOut.packets &+= other.leftOut.packets
    for verdictClass in VerdictClass.allCases {
      for (kind, group) in other.sorted(verdictClass) { add(group, of: kind) }
      if let flows = other.others[verdictClass] { add(flows, ofOthers: verdictClass) }
    }
  }

  /// Adds flows of one kind.
  mutating func add(_ group: Group, of kind: Kind) {
    guard groups[kind] != nil || groups.count < Tally.kinds else {
      return add(group.flows, ofOthers: kind.verdictClass)
    }
    classes[kind.verdictClass, default: 0] &+= group.flows
    guard var sum = groups[kind] else {
      groups[kind] = group
      return
    }
    sum.flows &+= group.flows
    sum.packets &+= group.packets
    sum.bytes &+= group.bytes
    sum.calls &+= group.calls
    sum.summary = sum.summary ?? group.summary
    if let server = group.server, let known = sum.server, known.key != server.key {
      sum.hasOtherServers = true
    }
    sum.hasOtherServers = sum.hasOtherServers || group.hasOtherServers
    sum.hasOtherClients =
      sum.hasOtherClients || group.hasOtherClients || sum.client?.key != group.client?.key
    sum.reasons.merge(group.reasons) { $0 &+ $1 }
    sum.server = sum.server ?? group.server
    sum.client = sum.client ?? group.client
    groups[kind] = sum
  }

  /// Adds flows of kinds that are not told apart.
  mutating func add(_ flows: Int, ofOthers verdictClass: VerdictClass) {
    classes[verdictClass, default: 0] &+= flows
    others[verdictClass, default: 0] &+= flows
  }

  /// The kinds of one class, the most flows first, then by name.
  func sorted(_ verdictClass: VerdictClass) -> [(kind: Kind, group: Group)] {
    groups.filter { $0.key.verdictClass == verdictClass }.map { (kind: $0.key, group: $0.value) }
      .sorted {
        $0.group.flows == $1.group.flows
          ? $0.kind.order < $1.kind.order : $0.group.flows > $1.group.flows
      }
  }
}

extension TransportTally.Kind {
  /// Something to sort equals by, so that the same input gives the same words.
  fileprivate var order: String {
    "\(application ?? "~") \(servicePort ?? 0) \(tool ?? "") \(isSpoofer)"
  }
}
