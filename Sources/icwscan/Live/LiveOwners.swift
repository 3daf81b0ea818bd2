import Flows
import Packets
import Report
import Sockets

/// Finds the processes at those ends of a flow that are on this host.
struct LiveOwners {
  private let lookup = OwnerLookup()
  private var addresses = HostAddresses()

  /// Whether an address is this host's.
  mutating func isOwn(_ address: IPAddress) -> Bool {
    let bytes = address.networkBytes
    return addresses.contains(bytes) || (addresses.refresh() && addresses.contains(bytes))
  }

  /// Looks at both ends of a flow; the earlier after its first packet, the surer.
  mutating func attribute(_ flow: Flow, to live: inout LiveFlow) {
    for side in Side.allCases where process(live, side) == nil && isOwn(flow.endpoint(side).address) {
      let found = lookup.owner(
        of: flow.transport == .tcp ? .tcp : .udp, local: socketEndpoint(flow.endpoint(side)),
        peer: socketEndpoint(flow.endpoint(side.opposite)))
      guard let holder = found.holders.last(where: \.isInherited) ?? found.holders.first else {
        live.missing = found.missing ?? live.missing ?? .notLookedFor
        continue
      }
      if side == .client { live.clientProcess = holder.process } else { live.serverProcess = holder.process }
      live.attribution =
        found.isCached
        ? FlowRecord.Attribution.remembered : FlowRecord.Attribution(found.method)
    }
    if live.clientProcess != nil || live.serverProcess != nil { live.missing = nil }
  }

  private func process(_ live: LiveFlow, _ side: Side) -> ProcessIdentity? {
    side == .client ? live.clientProcess : live.serverProcess
  }

  private func socketEndpoint(_ endpoint: Endpoint) -> SocketEndpoint {
    SocketEndpoint(address: endpoint.address.networkBytes, port: endpoint.port)
  }
}

extension IPAddress {
  /// The address as it stands in a header.
  var networkBytes: [UInt8] {
    let count = family == .ipv4 ? 4 : 16
    return (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * (count - 1 - $0))) }
  }
}
