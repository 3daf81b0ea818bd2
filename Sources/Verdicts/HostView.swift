import CallWaiting
public import Flows
public import Packets

/// All traffic of a few hosts in a capture, beside the port: whether a host fell silent after an answer (F6), whether a
/// flow began with the host's first packets (F8), and which ports around the watched one it used as a client.
///
/// Bounded by the hosts that are asked for: a file is read a second time for them.
public struct HostView: Sendable {
  /// Hosts that one view follows at most.
  public static let most = 256
  /// A host is silent when nothing of it is seen for so many seconds while the capture goes on.
  static let silence = 30.0
  /// Seconds between the client's answer and the line's end.
  static let hangUp = 5.0
  /// Seconds between a host's first packets and a flow that began with them.
  static let beginning = 10.0
  /// Seconds around a flow in which a neighbouring port shows sequential allocation.
  static let neighbourhood = 60.0

  /// What is known of one host.
  private struct Activity: Sendable {
    var first: Timestamp?
    var last: Timestamp?
    /// Silences: the last packet before and the first after, at most `mostSilences`.
    var silences: [(before: Timestamp, after: Timestamp)] = []
    /// When it used a port next to the watched one as a client's.
    var neighbours: [Timestamp] = []
  }

  private static let mostSilences = 64
  private let port: UInt16
  private var hosts: [IPAddress: Activity] = [:]
  private var captureFirst: Timestamp?
  private var captureLast: Timestamp?
  private var linkUp: [Timestamp] = []

  /// A view of these hosts; beyond `most` none is added.
  public init(hosts: Set<IPAddress>, port: UInt16) {
    self.port = port
    for host in hosts.sorted().prefix(Self.most) { self.hosts[host] = Activity() }
  }

  /// Notes that the capture had a frame at this time, whatever it held.
  public mutating func noteFrame(at time: Timestamp) {
    captureFirst = min(captureFirst ?? time, time)
    captureLast = max(captureLast ?? time, time)
  }

  /// Notes a PPP control frame that opens a network protocol (IPCP, RFC 1332).
  public mutating func noteLinkUp(at time: Timestamp) {
    if linkUp.count < Self.mostSilences { linkUp.append(time) }
  }

  /// Notes a packet of any port.
  public mutating func note(_ packet: Packet, at time: Timestamp) {
    note(packet.source, isSender: true, packet, time)
    note(packet.destination, isSender: false, packet, time)
  }

  private mutating func note(
    _ endpoint: Endpoint, isSender: Bool, _ packet: Packet, _ time: Timestamp
  ) {
    guard var activity = hosts[endpoint.address] else { return }
    activity.first = min(activity.first ?? time, time)
    if let last = activity.last, time.seconds(since: last) > Self.silence,
      activity.silences.count < Self.mostSilences
    {
      activity.silences.append((last, time))
    }
    activity.last = max(activity.last ?? time, time)
    if isSender, endpoint.port == port &- 1 || endpoint.port == port &+ 1, beginsConnection(packet),
      activity.neighbours.count < Self.mostSilences
    {
      activity.neighbours.append(time)
    }
    hosts[endpoint.address] = activity
  }

  private func beginsConnection(_ packet: Packet) -> Bool {
    switch packet.header {
    case .tcp(let header): header.flags.contains(.syn) && !header.flags.contains(.ack)
    case .udp: packet.destination.port < packet.source.port
    }
  }

  /// Adds to a flow's companions what the view shows.
  public func add(to companions: inout FlowCompanions, of flow: Flow) {
    let rhythm = Rhythm(of: flow)
    if let client = hosts[flow.client.address] {
      companions.hostFellSilent = fellSilent(client, after: answers(rhythm, flow))
      companions.startedWithHost = started(flow, with: client)
    }
    for side in Side.allCases where companions.siblingPorts == nil {
      guard flow.endpoint(side).port == port, let host = hosts[flow.endpoint(side).address] else {
        continue
      }
      if host.neighbours.contains(where: {
        abs($0.seconds(since: flow.first)) <= Self.neighbourhood
      }) {
        companions.siblingPorts = side == .client ? .client : .server
      }
    }
  }

  /// When the client answered an alert.
  private func answers(_ rhythm: Rhythm, _ flow: Flow) -> [Timestamp] {
    let packets = Set(rhythm.answers.map(\.answer))
    return flow.conversation.turns.filter { packets.contains($0.packet) }.map(\.time)
  }

  /// F6; nil when the capture ends too early to tell.
  private func fellSilent(_ host: Activity, after answers: [Timestamp]) -> Bool? {
    guard !answers.isEmpty else { return false }
    for answer in answers {
      func follows(_ last: Timestamp) -> Bool {
        last >= answer && last.seconds(since: answer) <= Self.hangUp
      }
      if host.silences.contains(where: { follows($0.before) }) { return true }
      if let last = host.last, follows(last) {
        // Nothing of the host comes after it: the capture must have gone on to call that silence.
        guard let end = captureLast, end.seconds(since: last) > Self.silence else { return nil }
        return true
      }
    }
    return false
  }

  /// F8; the first packets of a capture are not the first of a host unless the capture ran before them.
  private func started(_ flow: Flow, with host: Activity) -> Bool? {
    if linkUp.contains(where: { (0...Self.beginning).contains(flow.first.seconds(since: $0)) }) {
      return true
    }
    guard let first = host.first, let begin = captureFirst else { return nil }
    guard flow.first.seconds(since: first) <= Self.beginning else { return false }
    return first.seconds(since: begin) > Self.silence ? true : nil
  }
}
