/// A process opened a socket on the watched port: it connected, listened, or looked up the way for a datagram.
struct Opening: Hashable {
  /// What was opened.
  enum Kind: Hashable {
    case connection, listener, datagram
  }

  /// What was opened.
  var kind: Kind
  /// This host's end; port 0 until it is known, the address all zero where it is open.
  var local: SocketEndpoint
  /// The other end; nothing for a listener.
  var peer: SocketEndpoint
  /// The thread that did it.
  var task: Int32
  /// The socket's address in the kernel; nil for datagrams, where nothing tells.
  var socket: UInt64?
  /// Who that was, when /proc could still tell.
  var witness: ProcessWitness?
  /// Nanoseconds after boot.
  var time: UInt64
  /// When the socket was closed; nil while it is open. For datagrams the last time that the way was looked up.
  var end: UInt64?
}

/// A process as it was read at the moment that the kernel named it.
struct ProcessWitness: Hashable {
  /// The process; nil for a thread of the kernel.
  var process: ProcessIdentity?
  /// The network namespace that it was in; nil when that could not be read.
  var namespace: UInt64?
}
