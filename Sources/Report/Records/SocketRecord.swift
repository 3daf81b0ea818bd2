public import Packets
public import Sockets

/// A socket on the port with everyone who holds it.
public struct SocketRecord: Hashable, Sendable {
  /// To which addresses a socket is bound; says nothing of who can reach it.
  public enum Exposure: String, Hashable, Sendable, CaseIterable {
    /// The unspecified address: every address of the host.
    case everyAddress = "every-address"
    /// One address that is no loopback address.
    case oneAddress = "one-address"
    /// A loopback address.
    case loopback
  }

  /// The socket and its holders.
  public var owned: OwnedSocket
  /// The port that was asked for.
  public var port: UInt16
  /// When the sockets were read; nil when unknown.
  public var time: Timestamp?
  /// What became of the socket, where the port is watched.
  public var change: SocketChange?

  /// A record.
  public init(owned: OwnedSocket, port: UInt16, time: Timestamp? = nil) {
    self.owned = owned
    self.port = port
    self.time = time
  }

  /// What became of a socket on a port that is watched.
  public init(change: SocketChange, port: UInt16, time: Timestamp) {
    self.init(owned: change.owned, port: port, time: time)
    self.change = change
  }

  /// To which addresses it is bound.
  public var exposure: Exposure {
    guard let address = owned.socket.local?.address else { return .oneAddress }
    return address.isUnspecified ? .everyAddress : address.isLoopback ? .loopback : .oneAddress
  }
}
