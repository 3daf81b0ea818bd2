import Glibc

/// Values of rules as nft prints them.
enum NFTablesValueText {
  /// A value of one source.
  static func of(_ bytes: [UInt8], _ source: NFTablesRegisters.Source?) -> [UInt8] {
    guard let source else { return hexadecimal(bytes) }
    switch source.kind {
    case .port where bytes.count == 2:
      return Array(String(Int(bytes[0]) << 8 | Int(bytes[1])).utf8)
    case .transport where bytes.count == 1: return Array(transport(bytes[0]).utf8)
    case .family where bytes.count == 1: return Array((bytes[0] == 2 ? "ipv4" : "ipv6").utf8)
    case .name:
      // A name without its NUL is the beginning of one.
      let name = Array(bytes.prefix { $0 != 0 })
      let star: [UInt8] = name.count == bytes.count && bytes.count < 16 ? [0x2A] : []
      return [0x22] + name + star + [0x22]
    case .number, .index:
      guard let number = KernelBytes.load(UInt32.self, from: bytes, at: 0) else { break }
      // The loopback device has the index 1 in every namespace (LOOPBACK_IFINDEX).
      let index = number == 1 ? "\"lo\"" : "\(number)"
      return Array((source.kind == .index ? index : "0x" + String(number, radix: 16)).utf8)
    case .address: return address(bytes, mask: source.mask)
    case .state:
      guard let number = KernelBytes.load(UInt32.self, from: bytes, at: 0) else { break }
      return Array(state(number).utf8)
    case .routeType:
      guard let number = KernelBytes.load(UInt32.self, from: bytes, at: 0),
        routeTypes.indices.contains(Int(number))
      else { break }
      return Array(routeTypes[Int(number)].utf8)
    default: break
    }
    return hexadecimal(bytes)
  }

  /// What a route is, by number (RTN_* of <linux/rtnetlink.h>).
  private static let routeTypes = [
    "unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable",
    "prohibit",
  ]

  private static func transport(_ number: UInt8) -> String {
    switch Int(number) {
    case IPPROTO_TCP: "tcp"
    case IPPROTO_UDP: "udp"
    case IPPROTO_ICMP: "icmp"
    case IPPROTO_ICMPV6: "ipv6-icmp"
    default: String(number)
    }
  }

  /// An address of 4 or 16 bytes, or the first bytes of one.
  static func address(_ bytes: [UInt8], mask: [UInt8]?) -> [UInt8] {
    let length = bytes.count <= 4 ? 4 : 16
    guard bytes.count <= 16 else { return hexadecimal(bytes) }
    let whole = bytes + [UInt8](repeating: 0, count: length - bytes.count)
    let text = AddressText.of(whole)
    if let mask {
      let ones = mask.reduce(0) { $0 + $1.nonzeroBitCount }
      return text + Array("/\(ones)".utf8)
    }
    return bytes.count < length ? text + Array("/\(bytes.count * 8)".utf8) : text
  }

  /// The bits of NF_CT_STATE_BIT (include/uapi/linux/netfilter/nf_conntrack_common.h); iptables has another bit for
  /// what
  /// is not tracked.
  static func state(_ bits: UInt32, untracked: UInt32 = 0x40) -> String {
    let names = ["invalid", "established", "related", "new"]
    var found = names.indices.filter { bits >> UInt32($0) & 1 == 1 }.map { names[$0] }
    if bits & untracked != 0 { found.append("untracked") }
    let others = bits & ~(0xF | untracked)
    if others != 0 || found.isEmpty { found.append("0x" + String(others, radix: 16)) }
    return found.joined(separator: ",")
  }

  static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return Array("0x".utf8)
      + bytes.prefix(64).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
