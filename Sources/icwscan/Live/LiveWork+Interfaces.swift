import Captures
import Packets

/// On which interface a frame came.
extension LiveWork {
  /// The kernel's interface index in a cooked frame of version 2.
  static func interface(_ bytes: Span<UInt8>, _ linkType: Int32) -> UInt32? {
    guard linkType == 276, bytes.count >= 8 else { return nil }
    return (4..<8).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
  }

  /// The name of the interface on which a frame came.
  mutating func interfaceName(
    _ index: UInt32, _ linkType: Int32, _ device: LiveDevice
  ) -> [UInt8]? {
    guard linkType == 276 else { return Array(device.name.utf8) }
    if let known = names[index] { return known }
    let name = InterfaceNames.name(of: index, through: device.descriptor).map { Array($0.utf8) }
    if names.count < 4_096 { names[index] = name }
    return name
  }
}
