/// What stays the same of a socket while its state and its holders change.
struct WatchKey: Hashable {
  private let namespace: UInt64
  private let transport: SocketEntry.Transport
  private let isMultipath: Bool
  /// The kernel keeps it from the first packet of a handshake to the end of TIME-WAIT.
  private let cookie: UInt64
  /// Without a cookie (/proc/net): the ends, and for a socket without a peer its inode, because several may share an
  /// address.
  private let ends: [SocketEndpoint]
  private let inode: UInt32

  init(_ owned: OwnedSocket) {
    let socket = owned.socket
    // Where the number of a namespace can't be read, a member stands for it.
    namespace =
      owned.namespace.map { $0.inode != 0 ? $0.inode : UInt64(max(0, $0.memberPID ?? 0)) } ?? 0
    transport = socket.transport
    isMultipath = socket.isMultipath
    cookie = socket.cookie
    ends = cookie == 0 ? [socket.local, socket.peer] : []
    inode = cookie == 0 && socket.peer.isUnspecified && socket.peer.port == 0 ? socket.inode : 0
  }
}
