import Sockets

extension Holder {
  /// Whether the socket is what the process reads from and writes to by default.
  var isOnStandardStreams: Bool { descriptors.contains(0) && descriptors.contains(1) }
}
