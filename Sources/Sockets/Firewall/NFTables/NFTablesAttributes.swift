/// The attributes of a netfilter message or of one nested attribute, by type; numbers are in network order.
struct NFTablesAttributes: Hashable {
  private let attributes: [NetlinkAttributes.Element]

  /// Reads attributes to the first that does not fit; of several of a type the last counts.
  init(_ bytes: [UInt8], from offset: Int = 0) {
    attributes = Array(NetlinkAttributes(bytes, from: offset))
  }

  /// The value of a type out of <linux/netfilter/nf_tables.h>.
  subscript<Key: RawRepresentable>(key: Key) -> [UInt8]? where Key.RawValue == UInt32 {
    let type = UInt16(truncatingIfNeeded: key.rawValue)
    return attributes.last { $0.type == type }?.value
  }

  /// A number of 4 bytes.
  func number<Key: RawRepresentable>(_ key: Key) -> UInt32? where Key.RawValue == UInt32 {
    self[key].flatMap { KernelBytes.load(UInt32.self, from: $0, at: 0) }.map {
      UInt32(bigEndian: $0)
    }
  }

  /// A number of 8 bytes.
  func long<Key: RawRepresentable>(_ key: Key) -> UInt64? where Key.RawValue == UInt32 {
    self[key].flatMap { KernelBytes.load(UInt64.self, from: $0, at: 0) }.map {
      UInt64(bigEndian: $0)
    }
  }

  /// A name that ends in NUL.
  func name<Key: RawRepresentable>(_ key: Key) -> [UInt8]? where Key.RawValue == UInt32 {
    self[key].map { Array($0.prefix { $0 != 0 }) }
  }

  /// The attributes inside a type; none when it is absent.
  func nested<Key: RawRepresentable>(_ key: Key) -> NFTablesAttributes
  where Key.RawValue == UInt32 {
    NFTablesAttributes(self[key] ?? [])
  }
}
