extension MissingOwner {
  /// The reason that the socket itself gives; nil when a file holds it.
  init?(withoutFile entry: SocketEntry) {
    guard entry.inode == 0 else { return nil }
    switch entry.transport {
    case .tcp: self = entry.state == .timeWait ? .timeWait : .orphaned
    // A UDP socket without a file is being closed at this moment.
    case .udp, .udpLite: self = .vanished
    }
  }
}
