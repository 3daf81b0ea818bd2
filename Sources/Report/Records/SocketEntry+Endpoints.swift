public import Packets
import Sockets

extension SocketEntry {
  /// The protocol as ss names it.
  var name: String { isMultipath ? "mptcp" : transport.rawValue }

  /// The local end; nil when the address has an impossible length.
  var local: Endpoint? { IPAddress(bytes: localAddress).map { Endpoint($0, localPort) } }
  /// The peer; nil when there is none or its address has an impossible length.
  var peer: Endpoint? {
    guard peerPort != 0 || peerAddress.contains(where: { $0 != 0 }) else { return nil }
    return IPAddress(bytes: peerAddress).map { Endpoint($0, peerPort) }
  }

  /// Whether the socket waits for others on its local port: a listener, or UDP without a peer.
  var isListening: Bool { state == .listening || state == .unconnected }

  /// Whether something that comes for its local port can be its own: not so of a TCP socket that is bound and does not
  /// listen.
  var waits: Bool { state == .listening || state == .unconnected && transport != .tcp }
}

extension IPAddress {
  /// An address of 4 or 16 bytes in network order.
  public init?(bytes: [UInt8]) {
    let bits = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    switch bytes.count {
    case 4: self.init(v4: UInt32(truncatingIfNeeded: bits))
    case 16: self.init(v6: bits)
    default: return nil
    }
  }
}
