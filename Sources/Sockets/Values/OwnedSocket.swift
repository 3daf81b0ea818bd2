/// A socket on the port with everyone who holds it, or the reason why nobody is named.
public struct OwnedSocket: Hashable, Sendable {
  /// The socket.
  public var socket: SocketEntry
  /// Every process that holds it, by process number.
  public var holders: [Holder]
  /// Why `holders` is empty or may be incomplete; nil when every process was looked at.
  public var missing: MissingOwner?
  /// The network namespace that the socket lives in; nil for this process's own.
  public var namespace: NetworkNamespace?
  /// The socket units that ask for it, when a service manager holds it; usually one.
  public var activation: [UnitClaim] = []
  /// The path of the control group (cgroup v2) in which it was made, when no holder was found; raw.
  public var controlGroup: [UInt8]?

  /// What the firewall's input hook does with packets to a listener, for each version of IP that reaches it; empty when
  /// nobody looked.
  public var inputFilters: [InputFilter] = []

  /// A socket with its holders.
  public init(
    socket: SocketEntry, holders: [Holder] = [], missing: MissingOwner? = nil,
    namespace: NetworkNamespace? = nil
  ) {
    self.socket = socket
    self.holders = holders
    self.missing = missing
    self.namespace = namespace
  }
}
