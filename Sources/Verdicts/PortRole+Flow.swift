import Flows
import Identify
import Packets

extension PortRole {
  /// The role of a port in a flow, on what grounds, and which side has the service.
  struct Finding {
    var role: PortRole
    var evidence: Evidence
    /// The side that is the client; nil when unknown.
    var client: Side?
  }

  /// Who has the port: a SYN before the protocol's own direction, that before the first datagram and port numbers.
  static func find(_ flow: Flow, _ recognition: Recognition?, _ context: VerdictContext) -> Finding
  {
    let port = context.port
    if flow.client.port == port, flow.server.port == port {
      return Finding(
        role: .both, evidence: Evidence(.bothPorts, .note),
        client: flow.knowsClient ? .client : recognition?.clientIs)
    }
    guard flow.client.port == port || flow.server.port == port else {
      return Finding(role: .unknown, evidence: Evidence(.roleUnknown, .note), client: nil)
    }
    // A datagram that its protocol knows for an answer was not the first: the capture began behind the question.
    if flow.ground == .firstDatagram, recognition?.clientIs == .server {
      return finding(.server, flow, port, Evidence(.protocolDirection, .note))
    }
    let number = flow.firstPacket.number
    let known: EvidenceItem? =
      switch flow.ground {
      case .syn: .syn
      case .synAck: .synAcknowledgement
      case .firstDatagram: .firstDatagram
      case .group: .group
      case .firstCaptured: nil
      case .listener: .listener
      case .protocolDirection: .protocolDirection
      case .portNumbers: .lowerPort
      }
    if let known {
      return finding(.client, flow, port, Evidence(known, .note, packet: number))
    }
    return guess(flow, recognition, context)
  }

  /// The start of the connection was missed.
  private static func guess(
    _ flow: Flow, _ recognition: Recognition?, _ context: VerdictContext
  ) -> Finding {
    if let client = recognition?.clientIs {
      return finding(client, flow, context.port, Evidence(.protocolDirection, .note))
    }
    let watched: Side = flow.client.port == context.port ? .client : .server
    if let sibling = context.companions.siblingPorts,
      (sibling == .client ? .client : .server) == watched
    {
      return finding(watched, flow, context.port, Evidence(.siblingPorts, .note))
    }
    // A process may call out from the port that it listens on, but hardly to a port of the dynamic range.
    if let listening = context.companions.listeningSide,
      flow.endpoint(listening.opposite).port >= 32_768
    {
      return finding(listening.opposite, flow, context.port, Evidence(.listener, .note))
    }
    // Two registered ports tell nothing: only a well-known one is a server's, or one of the dynamic range a client's.
    let ports = (
      min(flow.client.port, flow.server.port), max(flow.client.port, flow.server.port)
    )
    if recognition != nil, ports.0 != ports.1, ports.0 < 1024 || ports.1 >= 32_768 {
      let client: Side = flow.client.port > flow.server.port ? .client : .server
      let lower = flow.endpoint(client.opposite).port
      return finding(client, flow, context.port, Evidence(.lowerPort, .note, detail: "\(lower)"))
    }
    return Finding(role: .unknown, evidence: Evidence(.roleUnknown, .note), client: nil)
  }

  private static func finding(
    _ client: Side, _ flow: Flow, _ port: UInt16, _ evidence: Evidence
  ) -> Finding {
    Finding(
      role: flow.endpoint(client).port == port ? .client : .server, evidence: evidence,
      client: client)
  }
}
