/// A systemd socket unit whose file names the port with `ListenStream=` or `ListenDatagram=`, active or not.
public struct UnitClaim: Hashable, Sendable {
  /// The socket unit, `web.socket`; raw.
  public var unit: [UInt8]
  /// Its file; raw.
  public var path: [UInt8]
  /// TCP for `ListenStream=`, UDP for `ListenDatagram=`.
  public var transport: SocketEntry.Transport
  /// The address that it names, 4 or 16 bytes; empty for a bare port, which means every address.
  public var address: [UInt8]
  /// The service that receives what comes: `web.service`, or `web@.service` where one is started a connection; raw.
  public var service: [UInt8]
  /// Whether one service is started a connection (`Accept=yes`).
  public var acceptsEach: Bool
  /// Whether it is wanted at boot: linked into a `.wants` or `.requires` folder.
  public var isEnabled: Bool
  /// Whether it is a unit of users' own managers and not of the system's.
  public var isUserUnit: Bool

  /// A claim of these values.
  public init(
    unit: [UInt8], path: [UInt8], transport: SocketEntry.Transport, address: [UInt8] = [],
    service: [UInt8], acceptsEach: Bool = false, isEnabled: Bool = false, isUserUnit: Bool = false
  ) {
    self.unit = unit
    self.path = path
    self.transport = transport
    self.address = address
    self.service = service
    self.acceptsEach = acceptsEach
    self.isEnabled = isEnabled
    self.isUserUnit = isUserUnit
  }

  /// Whether it and another unit can't both have what they claim.
  public func conflicts(with other: UnitClaim) -> Bool {
    guard unit != other.unit, isUserUnit == other.isUserUnit, transport == other.transport else {
      return false
    }
    let isEvery = { (address: [UInt8]) in address.allSatisfy { $0 == 0 } }
    return address == other.address || isEvery(address) || isEvery(other.address)
  }
}
