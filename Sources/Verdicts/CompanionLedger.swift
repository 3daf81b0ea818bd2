public import Flows
public import Identify
import Packets

/// What the flows of one capture tell of each other: scanners, floods, many short clients, TLS before datagrams,
/// servers that contradict themselves.
///
/// Bounded: once a table is full nothing new enters it, and what is in it still counts.
public struct CompanionLedger: Sendable {
  /// Keys that each table holds at most.
  static let most = 65_536
  /// Hosts counted a key at most; rules ask for three, evidence shows the number up to here.
  static let mostHosts = 64

  private var targets: [Bare: Set<IPAddress>] = [:]
  private var sources: [Bare: Set<IPAddress>] = [:]
  private var shortClients: [Endpoint: Set<IPAddress>] = [:]
  private var tlsPairs: Set<Pair> = []
  private var greetings = GreetingLedger()

  /// Stands for all addresses of this host: no packet goes to it.
  private static let thisHost = IPAddress(v4: 0)

  /// A first packet without its changing parts, with the host that it is counted for.
  private struct Bare: Hashable, Sendable {
    let host: IPAddress
    let transport: Transport
    let flags: UInt16
    let window: UInt16
    let options: TCPOptions
    let payloadLength: Int
  }

  private struct Pair: Hashable, Sendable {
    let one: IPAddress
    let other: IPAddress

    init(_ flow: Flow) {
      one = min(flow.client.address, flow.server.address)
      other = max(flow.client.address, flow.server.address)
    }
  }

  /// An empty ledger.
  public init() {}

  /// Notes a flow that begins; `isHere` says whether its server is this host, whose addresses are one target together.
  public mutating func noteBegin(_ flow: Flow, isHere: Bool = false) {
    guard flow.firstPacket.side == .client else { return }
    let target = isHere ? Self.thisHost : flow.server.address
    Self.add(target, to: &targets, Self.bare(flow, host: flow.client.address))
    Self.add(flow.client.address, to: &sources, Self.bare(flow, host: flow.server.address))
  }

  /// Notes what a flow's server greeted with, and what that was recognised as; again when more is known. A server that
  /// answered is no target of a search any more.
  public mutating func noteGreeting(
    _ flow: Flow, _ recognition: Recognition?, isHere: Bool = false
  ) {
    greetings.note(flow, recognition)
    noteTalk(flow, isHere)
  }

  /// A host that is talked with is no target of a search.
  private mutating func noteTalk(_ flow: Flow, _ isHere: Bool) {
    guard flow.firstPacket.side == .client, flow.clientCounters.payloadBytes > 0,
      flow.serverCounters.payloadBytes > 0
    else { return }
    let target = isHere ? Self.thisHost : flow.server.address
    targets[Self.bare(flow, host: flow.client.address)]?.remove(target)
  }

  /// Whether a later greeting of the same server could show it to be a spoofer's, which is not known yet.
  public func mayBeContradicted(_ flow: Flow, _ recognition: Recognition?) -> Bool {
    greetings.awaits(flow, recognition)
  }

  /// Seconds after its end within which a flow's greeting may be contradicted.
  public static var secondsOfContradiction: Double { Contradiction.span }

  /// Notes a flow that is over.
  public mutating func noteEnd(_ flow: Flow, application: String?) {
    guard flow.transport == .tcp, flow.clientCounters.payloadBytes > 0,
      flow.serverCounters.payloadBytes > 0
    else { return }
    if flow.conversation.turns.count <= 4, flow.last.seconds(since: flow.first) < 30 {
      Self.add(flow.client.address, to: &shortClients, flow.server)
    }
    if application == "tls", flow.last.seconds(since: flow.first) < 60, tlsPairs.count < Self.most {
      tlsPairs.insert(Pair(flow))
    }
  }

  /// What is known for a flow so far.
  public func companions(of flow: Flow) -> FlowCompanions {
    var companions = FlowCompanions()
    if flow.firstPacket.side == .client {
      companions.bareFirstPacketTargets =
        targets[Self.bare(flow, host: flow.client.address)]?.count ?? 0
      companions.bareFirstPacketSources =
        sources[Self.bare(flow, host: flow.server.address)]?.count ?? 0
    }
    companions.shortExchangeClients = shortClients[flow.server]?.count ?? 0
    companions.contradiction = greetings.contradiction(of: flow)
    companions.hasTLSThenDatagrams = flow.transport == .udp ? tlsPairs.contains(Pair(flow)) : nil
    return companions
  }

  private static func bare(_ flow: Flow, host: IPAddress) -> Bare {
    var options = flow.firstPacket.tcp?.options ?? TCPOptions()
    // The clock of the sender is no part of the shape.
    options.timestamps = options.timestamps.map { _ in TCPOptions.Timestamps(value: 0, echo: 0) }
    return Bare(
      host: host, transport: flow.transport, flags: flow.firstPacket.tcp?.flags.rawValue ?? 0,
      window: flow.firstPacket.tcp?.window ?? 0, options: options,
      payloadLength: flow.firstPacket.payloadLength)
  }

  private static func add<Key: Hashable>(
    _ address: IPAddress, to table: inout [Key: Set<IPAddress>], _ key: Key
  ) {
    guard let hosts = table[key] else {
      if table.count < most { table[key] = [address] }
      return
    }
    if hosts.count < mostHosts { table[key]?.insert(address) }
  }
}
