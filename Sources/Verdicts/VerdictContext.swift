public import Identify
public import Packets

/// What a verdict needs to know beside the flow itself.
public struct VerdictContext: Hashable, Sendable {
  /// The watched port.
  public var port: UInt16
  /// Blocks that the operator knows were KPN's ICW servers (`--icw-server`).
  public var icwServers: [Prefix]
  /// Blocks that were KPN's at capture time (`--kpn-prefix`).
  public var kpnPrefixes: [Prefix]
  /// Whether the packets are being captured now.
  public var isLive: Bool
  /// Whether the capture's times can be believed: not a rewritten file, not a clock that was never set.
  public var isCaptureTimeTrusted: Bool
  /// The addresses of this host, in a live capture.
  public var ownAddresses: Set<IPAddress> = []
  /// Rules that name applications of the operator's own.
  public var rules: [UserRule] = []
  /// What is known of other flows.
  public var companions: FlowCompanions

  /// A context; by default port 3699 and nothing else known.
  public init(
    port: UInt16 = 3699, icwServers: [Prefix] = [], kpnPrefixes: [Prefix] = [],
    isLive: Bool = false, isCaptureTimeTrusted: Bool = true,
    companions: FlowCompanions = FlowCompanions()
  ) {
    self.port = port
    self.icwServers = icwServers
    self.kpnPrefixes = kpnPrefixes
    self.isLive = isLive
    self.isCaptureTimeTrusted = isCaptureTimeTrusted
    self.companions = companions
  }
}
