import Flows
import Packets
import Report
import Sockets

/// Finds the processes at those ends of a flow that are on this host.
struct LiveOwners {
  private let lookup = OwnerLookup()
  private var addresses = HostAddresses()
  /// The listeners that the owner report found, for connections that are over before they can be asked for.
  var listeners: [OwnedSocket] = []

  /// Whether an address is this host's.
  mutating func isOwn(_ address: IPAddress) -> Bool {
    let bytes = address.networkBytes
    return addresses.contains(bytes) || (addresses.refresh() && addresses.contains(bytes))
  }

  /// Looks at both ends of a flow; the earlier after its first packet, the surer.
  mutating func attribute(_ flow: Flow, to live: inout LiveFlow) {
    for side in Side.allCases where process(live, side) == nil && isOwn(flow.endpoint(side).address)
    {
      let found = ownership(flow, side)
      guard let holder = found.holders.last(where: \.isInherited) ?? found.holders.first else {
        // A right that was lacking stays the reason when the connection is over and the socket gone.
        if live.missing?.isLackOfRight != true {
          live.missing = found.missing ?? live.missing ?? .notLookedFor
        }
        continue
      }
      if side == .client {
        live.clientProcess = holder.process
      } else {
        live.serverProcess = holder.process
      }
      live.attribution =
        found.isCached
        ? FlowRecord.Attribution.remembered : FlowRecord.Attribution(found.method)
    }
    if live.clientProcess != nil || live.serverProcess != nil { live.missing = nil }
  }

  /// Who is at one end. The server's end of a connection that is over already is its listener's: whoever holds that one
  /// alone has accepted it.
  private func ownership(_ flow: Flow, _ side: Side) -> Ownership {
    let transport: SocketEntry.Transport = flow.transport == .tcp ? .tcp : .udp
    let local = socketEndpoint(flow.endpoint(side))
    let peer = socketEndpoint(flow.endpoint(side.opposite))
    let found = lookup.owner(of: transport, local: local, peer: peer)
    guard found.holders.isEmpty, side == .server, flow.knowsClient, transport == .tcp else {
      return found
    }
    let nobody = SocketEndpoint(address: peer.address.map { _ in 0 }, port: 0)
    let listener = lookup.owner(of: transport, local: local, peer: nobody)
    // The exact question finds it too, where it is bound to this very address.
    if listener.method == .listener || listener.socket?.state == .listening,
      listener.holders.count == 1 || listener.missing?.isLackOfRight == true
    {
      var listener = listener
      listener.method = .listener
      return listener
    }
    return known(local) ?? found
  }

  /// The listener of the owner report, when one process alone holds it and is still the same.
  private func known(_ local: SocketEndpoint) -> Ownership? {
    let fitting = listeners.filter {
      $0.socket.transport == .tcp && $0.socket.localPort == local.port && $0.namespace == nil
        && ($0.socket.localAddress.allSatisfy { $0 == 0 }
          || $0.socket.localAddress == local.address)
    }
    guard fitting.count == 1, let only = fitting.first, only.holders.count == 1,
      let holder = only.holders.first,
      ProcessIdentity.read(pid: holder.process.pid)?.startTicks == holder.process.startTicks
    else { return nil }
    return Ownership(socket: only.socket, holders: [holder], method: .listener)
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
