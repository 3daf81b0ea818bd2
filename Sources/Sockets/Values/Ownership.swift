/// Who is at this host's end of one flow, or the reason why nobody is named.
public struct Ownership: Hashable, Sendable {
  /// How the socket was found.
  public enum Method: String, Hashable, Sendable {
    /// sock_diag answered with the flow's own socket.
    case exact = "sock_diag exact"
    /// The connection is not accepted, or gone: the listener on its port.
    case listener
    /// An unconnected UDP socket on the local port.
    case unconnected
    /// The kernel told who opened the socket, at that moment (tracefs).
    case event = "trace event"
    /// The tables of /proc/net.
    case procNet = "proc-net"
    /// No socket was found.
    case none
  }

  /// The socket; nil when there is none any more.
  public var socket: SocketEntry?
  /// Processes that hold it: the first found and its ancestors that hold it too; all of them for a listener.
  public var holders: [Holder]
  /// Why `holders` is empty; nil when it is not, or when `candidates` tells why.
  public var missing: MissingOwner?
  /// How the socket was found.
  public var method: Method
  /// Whether the holders came from the cache, re-checked by their link and start time.
  var isCached = false
  /// When several sockets of different processes fit and nothing tells which: all their holders, none to be named
  /// as the owner. `holders` is then empty.
  public var candidates: [Holder]

  /// An answer of these values.
  public init(
    socket: SocketEntry? = nil, holders: [Holder] = [], missing: MissingOwner? = nil,
    method: Method = .none, candidates: [Holder] = []
  ) {
    self.socket = socket
    self.holders = holders
    self.missing = missing
    self.method = method
    self.candidates = candidates
  }
}
