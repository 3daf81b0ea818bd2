/// What tells two sockets apart: the kernel's cookie, or without one everything but the counters.
struct SocketKey: Hashable {
  private let transport: SocketEntry.Transport
  private let isMultipath: Bool
  private let cookie: UInt64
  private let inode: UInt32
  private let local: SocketEndpoint
  private let peer: SocketEndpoint

  init(_ entry: SocketEntry) {
    transport = entry.transport
    isMultipath = entry.isMultipath
    cookie = entry.cookie
    inode = entry.inode
    local = entry.local
    peer = entry.peer
  }
}
