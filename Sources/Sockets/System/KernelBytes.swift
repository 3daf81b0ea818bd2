/// Loading and storing the kernel's C structures. Both are bounded; the structures hold plain numbers only.
enum KernelBytes {
  /// The structure at `offset`; nil when `bytes` end before it does.
  static func load<Structure: BitwiseCopyable>(
    _ type: Structure.Type, from bytes: [UInt8], at offset: Int
  ) -> Structure? {
    guard offset >= 0, offset <= bytes.count, bytes.count - offset >= MemoryLayout<Structure>.size
    else { return nil }
    return unsafe bytes.withUnsafeBytes { raw in
      unsafe raw.loadUnaligned(fromByteOffset: offset, as: type)
    }
  }

  /// Appends the memory of `structure`.
  static func append<Structure: BitwiseCopyable>(_ structure: Structure, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: structure) { raw in unsafe bytes.append(contentsOf: raw) }
  }

  /// The memory of `structure`.
  static func bytes<Structure: BitwiseCopyable>(of structure: Structure) -> [UInt8] {
    var bytes: [UInt8] = []
    append(structure, to: &bytes)
    return bytes
  }

  /// `length` rounded up to netlink's alignment of 4 (NLMSG_ALIGN, NLA_ALIGN).
  static func aligned(_ length: Int) -> Int { (length &+ 3) & ~3 }
}
