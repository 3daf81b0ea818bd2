import Captures
import Flows
import Packets
import Report
import Sockets

/// The processes that a capture file names for the packets of each open flow, by the flow's number.
///
/// A file may claim anything: the first claim about an end stays, and the text of all of them together is bounded.
struct ProcessClaims: Sendable {
  /// What is known of one flow.
  struct OfFlow: Sendable {
    var client: ProcessIdentity?
    var server: ProcessIdentity?
    /// Of packets that the client sent, no end being told.
    var withClient: ProcessIdentity?
    /// The same of the server's.
    var withServer: ProcessIdentity?
  }

  /// Bytes of text after which claims are kept as numbers and short names.
  private static let mostText = 16 * 1024 * 1024
  /// Different claims that are remembered to be kept once.
  private static let mostDifferent = 65_536
  private static let shortName = 64

  private var flows: [Int: OfFlow] = [:]
  private var different: Set<ProcessIdentity> = []
  private var text = 0

  /// The claim of a frame in bounded size; nil when it names no process.
  mutating func claim(of frame: borrowing Frame) -> ProcessClaim? {
    guard let named = frame.process, named.information.process <= UInt32(Int32.max) else {
      return nil
    }
    return kept(
      ProcessClaim(
        process: ProcessIdentity(claimed: named.information), thread: named.thread,
        end: named.end.flatMap { ProcessClaim.End(rawValue: $0.rawValue) }))
  }

  /// A claim as it is kept.
  mutating func kept(_ claim: ProcessClaim) -> ProcessClaim {
    var claim = claim
    // An equal one shares its texts.
    if let index = different.firstIndex(of: claim.process) {
      claim.process = different[index]
      return claim
    }
    if text >= Self.mostText {
      var short = ProcessIdentity(
        pid: claim.process.pid, startTicks: 0, startTime: claim.process.startTime,
        command: Array(claim.process.command.prefix(Self.shortName)), user: claim.process.user,
        parent: claim.process.parent)
      short.isClaim = true
      short.lacksUser = claim.process.lacksUser
      claim.process = short
      return claim
    }
    text += claim.process.textLength
    if different.count >= Self.mostDifferent { different.removeAll(keepingCapacity: true) }
    different.insert(claim.process)
    return claim
  }

  /// Notes a claim about a packet of a flow.
  mutating func note(_ claim: ProcessClaim, on flow: Flow, from source: Endpoint) {
    let isClients = source == flow.client
    var known = flows[flow.number] ?? OfFlow()
    switch claim.end {
    case .sender where isClients, .receiver where !isClients, .client:
      known.client = known.client ?? claim.process
    case .sender, .receiver, .server: known.server = known.server ?? claim.process
    case nil where isClients: known.withClient = known.withClient ?? claim.process
    case nil: known.withServer = known.withServer ?? claim.process
    }
    flows[flow.number] = known
  }

  /// What was claimed of a flow.
  mutating func take(_ flow: Int) -> OfFlow? { flows.removeValue(forKey: flow) }
}

extension ProcessClaims.OfFlow {
  /// Puts the processes into a flow's record, whose sides may have been exchanged.
  func add(to record: inout FlowRecord, isExchanged: Bool) {
    var (client, server) = (client, server)
    var unplaced: ProcessIdentity?
    if client == nil, server == nil {
      if let one = withClient, let other = withServer, one.pid != other.pid {
        // Two processes of one host: each is named with what it sent.
        (client, server) = (one, other)
      } else {
        unplaced = withClient ?? withServer
      }
    }
    if isExchanged { swap(&client, &server) }
    record.clientProcess = client
    record.serverProcess = server
    record.unplacedProcess = unplaced
    record.clientAttribution = client == nil ? nil : .captureFile
    record.serverAttribution = server == nil ? nil : .captureFile
  }
}

extension ProcessIdentity {
  /// The bytes of its texts, with what each argument takes in memory.
  fileprivate var textLength: Int {
    arguments.reduce(command.count + (executable?.count ?? 0) + (userName?.utf8.count ?? 0)) {
      $0 + $1.count + 32
    }
  }
}
