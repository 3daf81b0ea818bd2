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
    /// Whether those processes run the same file and have the same parent, or are that parent.
    public var areServersSiblings = true
    /// How many flows had `client`.
    public var clientFlows = 0
    /// Of undetermined flows, how many are so for which reason.
    public var reasons: [EvidenceItem: Int] = [:]

    /// Whether one of them was encrypted as Internet Call Waiting was then, so that it can't be excluded.
    public var mayHideCallWaiting = false

    /// Notes who was at the ends of flows.
    mutating func note(server: ProcessIdentity?, client: ProcessIdentity?, clientFlows: Int = 1) {
      if let known = self.server, let server, !known.isSame(as: server) {
        hasOtherServers = true
        let isFamily =
          known.parent == server.parent || known.parent == server.pid || server.parent == known.pid
        if !isFamily || known.executable != server.executable { areServersSiblings = false }
      }
      self.server = self.server ?? server
      guard let client else { return }
      if let known = self.client, !known.isSame(as: client) { return }
      self.client = self.client ?? client
      self.clientFlows &+= clientFlows
    }

    /// Adds flows of the same kind, or of one that is told with it.
    mutating func add(_ other: Group) {
      flows &+= other.flows
      packets &+= other.packets
      bytes &+= other.bytes
      calls &+= other.calls
      summary = summary ?? other.summary
      hasOtherServers = hasOtherServers || other.hasOtherServers
      areServersSiblings = areServersSiblings && other.areServersSiblings
      reasons.merge(other.reasons) { $0 &+ $1 }
      mayHideCallWaiting = mayHideCallWaiting || other.mayHideCallWaiting
      note(server: other.server, client: other.client, clientFlows: other.clientFlows)
    }
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

  /// How many of the packets are copies of others, captured twice.
  public private(set) var copies = 0

  /// How many flows are another one's connection with translated addresses.
  public private(set) var translated = 0

  /// Nothing yet, or what was added up beside kinds and classes.
  init(
    packets: Int = 0, bytes: Int = 0, copies: Int = 0, translated: Int = 0,
    leftOut: LeftOut = LeftOut()
  ) {
    self.packets = packets
    self.bytes = bytes
    self.copies = copies
    self.translated = translated
    self.leftOut = leftOut
  }

  mutating func note(_ record: FlowRecord) {
    let flow = record.flow
    let size = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    copies &+= flow.duplicates
    if record.translated != nil { translated &+= 1 }
    note(record.verdict, packets: flow.packets, bytes: size) { group in
      group.calls += FactWords.calls(record.verdict) ?? 0
      if group.summary == nil {
        group.summary = FactWords.summary(of: record.verdict, at: record.flow.first)
      }
      if record.verdict.verdictClass == .undetermined,
        let reason = FlowWords.reason(of: record.verdict)
      {
        group.reasons[reason, default: 0] += 1
      }
      if record.verdict.missing.contains(.insideTLS) { group.mayHideCallWaiting = true }
      // Of an end that may be either nobody is said to serve or to use it.
      if !record.areEndsOpen {
        group.note(server: record.serverProcess, client: record.clientProcess)
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
    copies &+= other.copies
    translated &+= other.translated
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
    groups[kind, default: Group()].add(group)
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

extension ProcessIdentity {
  /// Whether it is the same process. What files tell has no start: two hosts can have the same number.
  fileprivate func isSame(as other: ProcessIdentity) -> Bool {
    isClaim || other.isClaim ? self == other : key == other.key
  }
}
