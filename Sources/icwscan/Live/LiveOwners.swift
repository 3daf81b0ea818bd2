import Flows
import Packets
import Report
import Sockets

/// Finds the processes at those ends of a flow that are on this host.
struct LiveOwners {
  /// Who is asked.
  let attributor: Attributor
  /// The listeners that the owner report found, for connections that are over before they can be asked for.
  private let listeners: [OwnedSocket]

  /// A finder that asks `attributor`.
  init(_ attributor: Attributor, listeners: [OwnedSocket]) {
    self.attributor = attributor
    self.listeners = listeners
  }

  /// Looks at both ends of a flow; the earlier after its first packet, the surer.
  func attribute(_ flow: Flow, to live: inout LiveFlow) {
    var missing: [Side: MissingOwner] = [:]
    for side in Side.allCases where process(live, side) == nil {
      guard attributor.isHere(flow.endpoint(side).address.networkBytes) else { continue }
      let found = ownership(flow, side)
      guard let holder = found.holders.last(where: \.isInherited) ?? found.holders.first else {
        // A right that was lacking stays the reason when the connection is over and the socket gone.
        let before = live.missing?.isLackOfRight == true ? live.missing : nil
        missing[side] = before ?? found.missing ?? .notLookedFor
        continue
      }
      let way = found.isCached ? .remembered : FlowRecord.Attribution(found.method)
      if side == .client {
        live.clientProcess = holder.process
        live.clientAttribution = way
      } else {
        live.serverProcess = holder.process
        live.serverAttribution = way
      }
    }
    // A lack of rights is what the user can mend. To a port that nobody serves somebody may have sent all the same.
    let lack = [missing[.client], missing[.server]].compactMap(\.self).first(where: \.isLackOfRight)
    let server = live.clientProcess == nil ? missing[.server] : nil
    live.missing = lack ?? missing[.client] ?? server
  }

  /// Who is at one end. The server's end of a connection that is over already is its listener's: whoever holds that one
  /// alone has accepted it.
  private func ownership(_ flow: Flow, _ side: Side) -> Ownership {
    let request = AttributionRequest(
      transport: flow.transport == .tcp ? .tcp : .udp,
      local: socketEndpoint(flow.endpoint(side)),
      peer: socketEndpoint(flow.endpoint(side.opposite)),
      time: flow.first.nanoseconds, isOpener: side == .client && flow.knowsClient)
    let found = attributor.owner(of: request)
    guard found.holders.isEmpty, side == .server, flow.knowsClient, flow.transport == .tcp,
      flow.state != .refused
    else { return found }
    let listener = attributor.listener(for: request)
    if !listener.holders.isEmpty || listener.missing?.isLackOfRight == true { return listener }
    return known(request.local) ?? found
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
