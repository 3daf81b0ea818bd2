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

  mutating func note(_ record: FlowRecord) {
    let flow = record.flow
    let size = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    note(record.verdict, packets: flow.packets, bytes: size) { group in
      group.calls += FactWords.calls(record.verdict) ?? 0
      if group.summary == nil { group.summary = FactWords.summary(of: record.verdict) }
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
