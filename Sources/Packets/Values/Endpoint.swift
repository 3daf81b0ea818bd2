/// One end of a flow: an address and a port.
public struct Endpoint: Hashable, Comparable, Sendable {
  /// The address.
  public let address: IPAddress
  /// The TCP or UDP port.
  public let port: UInt16

  /// An end at `address` and `port`.
  public init(_ address: IPAddress, _ port: UInt16) {
    self.address = address
    self.port = port
  }

  /// By address, then by port.
  public static func < (left: Self, right: Self) -> Bool {
    left.address == right.address ? left.port < right.port : left.address < right.address
  }
}
