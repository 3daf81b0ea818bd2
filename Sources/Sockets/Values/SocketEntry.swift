/// One TCP, UDP or UDP-Lite socket as the kernel reports it (include/uapi/linux/inet_diag.h).
public struct SocketEntry: Hashable, Sendable {
  /// The protocol that carries what the socket sends.
  public enum Transport: String, Hashable, Sendable, CaseIterable {
    case tcp, udp
    /// RFC 3828: ports as in UDP, and another protocol of IP.
    case udpLite = "udplite"
  }

  /// Transport.
  public var transport: Transport
  /// Whether the socket is of the IPv6 family (it may carry IPv4 through mapped addresses).
  public var isIPv6: Bool
  /// State; a UDP or UDP-Lite socket is `unconnected` or `established`.
  public var state: SocketState
  /// Local address, 4 or 16 bytes in network order.
  public var localAddress: [UInt8]
  /// Local port.
  public var localPort: UInt16
  /// Peer's address, all zero when there is none.
  public var peerAddress: [UInt8]
  /// Peer's port, 0 when there is none.
  public var peerPort: UInt16
  /// Bytes received and not read; for a listener the connections waiting to be accepted.
  public var receiveQueue: UInt32
  /// Bytes sent and not acknowledged; for a listener the backlog.
  public var sendQueue: UInt32
  /// The user that created it.
  public var user: UInt32
  /// Inode; 0 when no file holds it (TIME-WAIT, SYN-RECV, orphans).
  public var inode: UInt32
  /// The kernel's cookie, unique in this boot; 0 when read from /proc/net.
  public var cookie: UInt64
  /// Index of the device that it is bound to; 0 for none.
  public var boundInterface: UInt32
  /// Firewall mark; nil when the kernel did not say (it needs CAP_NET_ADMIN).
  public var mark: UInt32?
  /// IPv6 only: does not take IPv4 connections; nil when unknown.
  public var isIPv6Only: Bool?
  /// Smoothed round-trip time in microseconds; nil without a connection.
  public var roundTripMicroseconds: UInt32?
  /// Payload bytes received; nil when the kernel did not say.
  public var bytesReceived: UInt64?
  /// Payload bytes sent and acknowledged; nil when the kernel did not say.
  public var bytesAcknowledged: UInt64?
  /// What the kernel waits for; nil without a timer, or when read from /proc/net.
  public var timer: SocketTimer?
  /// Milliseconds since data was last sent; nil without a connection.
  public var lastSentMilliseconds: UInt32?
  /// Milliseconds since data was last received; nil without a connection.
  public var lastReceivedMilliseconds: UInt32?
  /// The name of the device that it is bound to; nil for none, or when it has none any more.
  public var boundInterfaceName: String?
  /// The identity of the control group (cgroup v2) in which it was made; nil when the kernel did not say. 1 is the
  /// root of the hierarchy.
  public var controlGroup: UInt64?
  /// Congestion control algorithm.
  public var congestion: String?
  /// Whether this is a Multipath TCP socket (RFC 8684); its subflows are entries of their own.
  public var isMultipath = false
  /// The protocol that the kernel runs on top of the connection (`tls`, `mptcp`); nil when there is none.
  public var upperLayer: String?

  /// A socket of these values.
  public init(
    transport: Transport, isIPv6: Bool, state: SocketState, localAddress: [UInt8],
    localPort: UInt16,
    peerAddress: [UInt8], peerPort: UInt16, receiveQueue: UInt32 = 0, sendQueue: UInt32 = 0,
    user: UInt32 = 0,
    inode: UInt32 = 0, cookie: UInt64 = 0, boundInterface: UInt32 = 0
  ) {
    self.transport = transport
    self.isIPv6 = isIPv6
    self.state = state
    self.localAddress = localAddress
    self.localPort = localPort
    self.peerAddress = peerAddress
    self.peerPort = peerPort
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
    self.user = user
    self.inode = inode
    self.cookie = cookie
    self.boundInterface = boundInterface
  }

  /// The local end.
  public var local: SocketEndpoint { SocketEndpoint(address: localAddress, port: localPort) }

  /// The other end, all zero when there is none.
  public var peer: SocketEndpoint { SocketEndpoint(address: peerAddress, port: peerPort) }

  /// Whether it waits for peers: a TCP listener, or a UDP socket that is not connected.
  public var isListener: Bool {
    transport == .tcp ? state == .listening : state == .unconnected
  }

  /// Whether it is a connection that the kernel completed and no program has accepted yet: no file holds it.
  public var isAwaitingAccept: Bool {
    transport == .tcp && inode == 0 && (state == .established || state == .closeWait)
  }
}
