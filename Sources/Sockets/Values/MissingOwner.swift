/// Why a socket has no known process: a closed list.
public enum MissingOwner: String, Hashable, Sendable, CaseIterable {
  /// Some processes' descriptors could not be read for lack of rights.
  case permissionDenied = "permission-denied"
  /// The connection is over; the kernel keeps it for its last packets.
  case timeWait = "time-wait"
  /// No file holds it any more; the kernel finishes sending (or still completes the handshake).
  case orphaned
  /// Held by the kernel: a kernel service, a descriptor in flight, or io_uring's registered files.
  case kernelSocket = "kernel-socket"
  /// Held by a process that this PID namespace does not show.
  case otherPIDNamespace = "other-pid-namespace"
  /// The socket, or its holder, was gone before it could be named.
  case vanished
  /// Several processes hold it, or one like it, and nothing tells which of them took the flow.
  case severalHolders = "several-holders"
  /// A rule of the firewall may have sent the flow on to another address or port.
  case sentOn = "sent-on"
  /// /proc is mounted with hidepid.
  case hidepid
  /// The search was not asked for or was cut short.
  case notLookedFor = "not-looked-for"

  /// Whether more rights would name the owner.
  public var isLackOfRight: Bool { self == .permissionDenied || self == .hidepid }
}
