/// Everything that this host shows on a port.
public struct PortSurvey: Hashable, Sendable {
  /// Where the sockets were read.
  public enum Source: String, Hashable, Sendable, CaseIterable {
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
  /// Network namespaces that were found and could not be entered.
  public var namespacesNotEntered: Int
  /// Some of them, at most eight.
  public var notEntered: [NetworkNamespace] = []
  static let mostNotEntered = 8
  /// Network namespaces that could not be entered and were read through /proc/PID/net: without TCP sockets that are bound
  /// and do not listen, Multipath TCP, backlogs and what is known of connections.
  public var namespacesReadAsText = 0
  /// Whether every table was read to its end; false when it changed under the reading twice.
  public var isComplete: Bool
  /// Some of the processes whose descriptors could not be read, at most eight, by number.
  public var unreadable: [Int32] = []
  /// Whether the reader was root already, or held CAP_SYS_PTRACE, the right to look into other users' processes.
  public var gainsNothingFromSudo = false
  /// Addresses of this process's own network namespace, of 4 or 16 bytes, on which no TCP socket listens on the port while
  /// some listen on single others, beside the loopback's; at most 32. One that is bound to a device counts as one that listens.
  public var unserved: [[UInt8]] = []
  static let mostUnserved = 32
  /// The socket units whose files name the port, active or not.
  public var units: [UnitClaim] = []

  /// What firewall rules say about the port: this process's own namespace first, then others in which something is on
  /// the port or sent on; empty when nobody looked.
  public var firewalls: [FirewallReading] = []

  /// A survey.
  public init(
    sockets: [OwnedSocket] = [], source: Source = .sockDiag, unreadableProcesses: Int = 0,
    namespacesNotEntered: Int = 0, isComplete: Bool = true
  ) {
    self.sockets = sockets
    self.source = source
    self.unreadableProcesses = unreadableProcesses
    self.namespacesNotEntered = namespacesNotEntered
    self.isComplete = isComplete
  }

  /// Pairs of units that claim the same address, each pair once.
  public var unitConflicts: [(UnitClaim, UnitClaim)] {
    units.indices.flatMap { first in
      units.indices.dropFirst(first + 1).filter { units[first].conflicts(with: units[$0]) }
        .map { (units[first], units[$0]) }
    }
  }

  /// Rules that publish the port by sending it on.
  public var publications: [PortPublication] {
    firewalls.flatMap(\.publications).filter(\.isForPort)
  }

  /// Whether a socket could not be attributed for lack of a right.
  public var lacksRights: Bool {
    sockets.contains {
      $0.holders.isEmpty && ($0.missing == .permissionDenied || $0.missing == .hidepid)
    }
  }
}
