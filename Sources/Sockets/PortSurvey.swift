/// Everything that this host's network namespace shows on a port.
public struct PortSurvey: Hashable, Sendable {
  /// Where the sockets were read.
  public enum Source: String, Hashable, Sendable {
    /// netlink sock_diag with the port filtered in the kernel.
    case sockDiag = "sock_diag"
    /// /proc/net/{tcp,udp}{,6}, where sock_diag is missing.
    case procNet = "proc-net"
  }

  /// The sockets: listeners first, then by local and peer endpoint.
  public var sockets: [OwnedSocket]
  /// Where they were read.
  public var source: Source
  /// Processes whose descriptors could not be read.
  public var unreadableProcesses: Int

  /// A survey.
  public init(sockets: [OwnedSocket] = [], source: Source = .sockDiag, unreadableProcesses: Int = 0) {
    self.sockets = sockets
    self.source = source
    self.unreadableProcesses = unreadableProcesses
  }

  /// Whether a socket could not be attributed for lack of a right.
  public var lacksRights: Bool {
    sockets.contains { $0.holders.isEmpty && ($0.missing == .permissionDenied || $0.missing == .hidepid) }
  }
}
