/// The registers of nf_tables' machine, of whose bytes some are known, and where each value came from.
struct NFTablesRegisters {
  /// What a register holds, for words.
  struct Source: Hashable {
    /// How a value is printed.
    enum Kind: Hashable {
      case number, port, transport, family, address, name, index, state, routeType, bytes
    }

    /// `tcp dport`, in nft's words.
    var name: [UInt8]
    var kind: Kind
    /// Bytes that it takes.
    var length: Int
    /// Whether it is the destination port.
    var isPort = false
    /// Bits that were left by a mask.
    var mask: [UInt8]?
    /// A value that it certainly has not.
    var excluded: [UInt8]?
    /// Bits of a single byte that are known where the others are not.
    var bits: Bits?
  }

  /// A byte of which only the bits in the mask are known.
  struct Bits: Hashable {
    var value: UInt8
    var mask: UInt8
  }

  /// 16 words of 4 bytes (NFT_REG32_COUNT).
  private static let size = 64

  private var bytes = [UInt8?](repeating: nil, count: size)
  private var sources: [Int: Source] = [:]

  /// The first byte of a register: 1 to 4 have 16 bytes, 8 to 23 have 4 and lie over the same memory. Nil for
  /// others.
  static func offset(_ register: UInt32?) -> Int? {
    switch register {
    case .some(let number) where (1...4).contains(number): Int(number - 1) * 16
    case .some(let number) where (8...23).contains(number): Int(number - 8) * 4
    default: nil
    }
  }

  /// The bytes of a register; nil when they would reach beyond the last.
  func value(_ register: UInt32?, _ length: Int) -> [UInt8?]? {
    guard let start = Self.offset(register), length > 0, start + length <= Self.size else {
      return nil
    }
    return Array(bytes[start..<(start + length)])
  }

  /// What a register holds; several for a concatenation.
  func sources(_ register: UInt32?, _ length: Int) -> [Source] {
    guard let start = Self.offset(register), length > 0 else { return [] }
    return sources.filter { (start..<(start + length)).contains($0.key) }
      .sorted { $0.key < $1.key }.map(\.value)
  }

  /// Stores a value; what is left of its last word is zero, as the kernel does.
  mutating func store(_ value: [UInt8?], _ source: Source?, in register: UInt32?) {
    guard let start = Self.offset(register) else { return }
    let end = min(start + KernelBytes.aligned(value.count), Self.size)
    for index in start..<end {
      let place = index - start
      bytes[index] = place < value.count ? value[place] : 0
      sources[index] = nil
    }
    sources[start] = source
  }
}
