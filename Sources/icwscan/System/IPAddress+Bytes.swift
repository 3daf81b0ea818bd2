import Packets

extension IPAddress {
  /// The address as it stands in a header.
  var networkBytes: [UInt8] {
    let count = family == .ipv4 ? 4 : 16
    return (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * (count - 1 - $0))) }
  }

  /// The address of 4 or 16 bytes as they stand in a header; nil for any other number of them.
  init?(networkBytes bytes: [UInt8]) {
    let bits = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    switch bytes.count {
    case 4: self.init(v4: UInt32(truncatingIfNeeded: bits))
    case 16: self.init(v6: bits)
    default: return nil
    }
  }
}
