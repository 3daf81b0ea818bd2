import Flows
import Packets

extension ICWScore {
  /// Different clients with one short exchange each from which A10 counts.
  static let manyClients = 5
  /// Milliseconds of round trip that no modem reaches.
  static let modemRoundTrip = 0.020

  /// A2, A3, A4 and A6 to A10.
  mutating func addObjections(_ flow: Flow, _ context: VerdictContext) {
    if let rate = Exclusion.throughput(of: flow) { against(.throughput, 0, "\(rate)") }
    if CapturePeriod(of: flow.first) == .after, context.isCaptureTimeTrusted {
      against(.tooLate, 0)
    }
    if let shape = Exclusion.mediaOrBulk(flow) { against(.mediaOrBulk, 3, shape.rawValue) }
    if flow.hasPrivateEnds { against(.privateAddresses, 3) }
    if flow.isIPv6 { against(.ipv6, 3) }
    if let feature = Self.modernFeature(flow) { against(.modernTCP, 2, feature) }
    if let reason = Self.fastLink(flow) { against(.fastLink, 2, reason) }
    let clients = context.companions.shortExchangeClients
    if clients >= Self.manyClients { against(.manyShortClients, 2, "\(clients)") }
  }

  private mutating func against(_ item: EvidenceItem, _ points: Int, _ detail: String? = nil) {
    items.append(Evidence(item, .against, points: -points, detail: detail))
  }

  /// What Linux and Windows put into a SYN since the 2010s.
  private static func modernFeature(_ flow: Flow) -> String? {
    guard let syn = flow.clientSYN else { return nil }
    if syn.options.multipath { return "mptcp" }
    if syn.options.fastOpen { return "fast open" }
    if syn.flags.contains(.ae) { return "accurate ecn" }
    if syn.flags.isSuperset(of: [.ece, .cwr]) { return "ecn" }
    if let scale = syn.options.windowScale, (7...8).contains(scale), syn.options.timestamps != nil {
      return "window scale \(scale) with timestamps"
    }
    return nil
  }

  /// A whole round trip faster than a modem's, or a client on the capture's own Ethernet.
  private static func fastLink(_ flow: Flow) -> String? {
    // Each gap alone shows only the way from the capture to one end and back.
    var least: [Side: Double] = [:]
    let turns = flow.conversation.turns
    for (turn, next) in zip(turns, turns.dropFirst()) where turn.side != next.side {
      let gap = next.time.seconds(since: turn.time)
      if gap >= 0 { least[next.side] = min(least[next.side] ?? .infinity, gap) }
    }
    if let there = least[.server], let back = least[.client], there + back < modemRoundTrip {
      return "round trip"
    }
    // A hop limit that no router has lowered: the client is on this link.
    if let syn = flow.clientSYN, flow.link == .ethernet, flow.path.isEmpty,
      [64, 128, 255].contains(flow.firstPacket.ip.hopLimit), syn.options.maximumSegmentSize == 1460
    {
      return "ethernet"
    }
    return nil
  }
}

extension Flow {
  /// Whether both ends are loopback or private addresses, where no dial-up client is.
  var hasPrivateEnds: Bool {
    [client.address, server.address].allSatisfy { $0.isLoopback || $0.isPrivate }
  }

  /// Whether the flow runs over IPv6; an IPv4-mapped address does not.
  var isIPv6: Bool { client.address.unmapped.family == .ipv6 }
}
