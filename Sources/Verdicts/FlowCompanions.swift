public import Flows

/// What the caller knows of other flows and other traffic of the same capture; by default nothing.
///
/// An optional is nil when nobody looked, which is something else than false.
public struct FlowCompanions: Hashable, Sendable {
  /// Hosts, this flow's server included, to which this flow's client sent the same bare first packet (the same
  /// protocol, flags, window, options and payload).
  public var bareFirstPacketTargets = 0
  /// Sources, this flow's client included, of the same bare first packet to this flow's server.
  public var bareFirstPacketSources = 0
  /// Whether one of this flow's hosts used the port before or behind the watched one as its client's port
  /// within a minute: then the watched one is that host's client port.
  public var siblingPorts: Sibling?
  /// The side that a socket of this host listens on, which the other side does not; nil where nobody looked or neither has
  /// one.
  public var listeningSide: Side?
  /// Different clients that had one short request and response each with this flow's server (A10).
  public var shortExchangeClients = 0
  /// F6: the whole host went silent within seconds of the client's answer to an alert.
  public var hostFellSilent: Bool?
  /// F8: the flow began within seconds of the host's first packets or of PPP coming up.
  public var startedWithHost: Bool?
  /// F14: a short TLS connection of the same two hosts was followed by this flow's small, even datagrams, or
  /// this flow is that connection.
  public var hasTLSThenDatagrams: Bool?
  /// How this flow's server contradicts itself from connection to connection; nil when it does not.
  public var contradiction: Contradiction?

  /// Which end of the flow has a sibling.
  public enum Sibling: String, Hashable, Sendable {
    /// The flow's client.
    case client
    /// The flow's server: its start was missed and the names are the wrong way round.
    case server
  }

  /// Nothing known.
  public init() {}
}
