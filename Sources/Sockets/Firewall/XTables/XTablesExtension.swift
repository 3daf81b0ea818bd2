import Glibc

/// A match or a target of iptables: a name, a revision, and a structure that only the extension knows
/// (<linux/netfilter/xt_*.h>). Numbers are in host order unless said.
struct XTablesExtension {
  var name: [UInt8]
  var revision: UInt8
  var data: [UInt8]

  /// What a match says of a packet.
  typealias Match = (truth: RuleReading.Truth, text: [UInt8], isPort: Bool)

  /// What this match says of the packet. Those that ask for more than the ports are not evaluated.
  func match(_ packet: FirewallPacket) -> Match {
    switch String(decoding: name, as: UTF8.self) {
    case "comment":
      let comment = data.prefix { $0 != 0 }
      return (.yes, Array("/* ".utf8) + comment + Array(" */".utf8), false)
    case "tcp": return ports(packet, .tcp, inverseAt: 11)
    case "udp": return ports(packet, .udp, inverseAt: 8)
    case "multiport": return severalPorts(packet)
    case "conntrack": return connection(packet)
    case "state":
      guard let states = number(at: 0, UInt32.self) else {
        return (.unknown, Array("-m state (not decoded)".utf8), false)
      }
      return (
        Self.truth(states, isInverse: false, packet),
        Array("-m state --state \(Self.state(states))".utf8), false
      )
    case "addrtype": return (.unknown, addressTypeText, false)
    default: return (.unknown, Array("-m ".utf8) + name + Array(" (not decoded)".utf8), false)
    }
  }

  func number<Number: BitwiseCopyable>(at offset: Int, _ type: Number.Type) -> Number? {
    KernelBytes.load(type, from: data, at: offset)
  }

  private func flags(at offset: Int) -> Bool { (number(at: offset, UInt8.self) ?? 0) != 0 }

  /// `struct xt_tcp` and `struct xt_udp`: two source ports, two destination ports, then more; the bits of the inverse
  /// flags are 1 for the source and 2 for the destination.
  private func ports(
    _ packet: FirewallPacket, _ transport: SocketEntry.Transport, inverseAt: Int
  ) -> Match {
    guard let from = number(at: 0, UInt16.self), let to = number(at: 2, UInt16.self),
      let low = number(at: 4, UInt16.self), let high = number(at: 6, UInt16.self),
      let inverse = number(at: inverseAt, UInt8.self)
    else { return (.unknown, Array("-m ".utf8) + name + Array(" (not decoded)".utf8), false) }
    var parts = ["-m \(transport.rawValue)"]
    if from != 0 || to != .max { parts.append(option("--sport", from, to, inverse & 1 != 0)) }
    let asksPort = low != 0 || high != .max
    if asksPort { parts.append(option("--dport", low, high, inverse & 2 != 0)) }
    let flags = transport == .tcp ? flagsMatch(isInverse: inverse & 4 != 0) : nil
    if let flags { parts.append(flags.text) }
    let text = Array(parts.joined(separator: " ").utf8)
    if packet.transport != transport { return (.no, text, false) }
    let isInside = low <= packet.port && packet.port <= high
    if isInside == (inverse & 2 != 0) { return (.no, text, false) }
    if flags?.truth == .no { return (.no, text, false) }
    let isOpen = from != 0 || to != .max || flags?.truth == .unknown
    return (isOpen ? .unknown : .yes, text, asksPort)
  }

  /// What `struct xt_tcp` asks of the flags, and of an option: the option at 8, the flags' mask at 9, their values at 10.
  /// Nil where it asks for neither.
  private func flagsMatch(isInverse: Bool) -> (truth: RuleReading.Truth, text: String)? {
    guard !flags(at: 8) else { return (.unknown, "(option)") }
    guard let mask = number(at: 9, UInt8.self), mask != 0, let wanted = number(at: 10, UInt8.self)
    else { return nil }
    let text = isInverse ? "! (flags)" : "(flags)"
    guard mask & ~TCPOpening.known == 0 else { return (.unknown, text) }
    return ((TCPOpening.flags & mask == wanted) != isInverse ? .yes : .no, text)
  }

  private func option(_ name: String, _ low: UInt16, _ high: UInt16, _ isInverse: Bool) -> String {
    (isInverse ? "! " : "") + name + " " + (low == high ? "\(low)" : "\(low):\(high)")
  }

  /// `struct xt_multiport` (revision 0: flags, count, 15 ports) and `struct xt_multiport_v1` (then 15 marks of ranges,
  /// and
  /// whether it is inverse).
  private func severalPorts(_ packet: FirewallPacket) -> Match {
    let kinds = ["--sports", "--dports", "--ports"]
    guard let flags = number(at: 0, UInt8.self), let count = number(at: 1, UInt8.self),
      count <= 15, Int(flags) < kinds.count, revision <= 1,
      data.count >= (revision == 0 ? 32 : 48)
    else { return (.unknown, Array("-m multiport (not decoded)".utf8), false) }
    let isInverse = revision == 1 && self.flags(at: 47)
    var ranges: [(UInt16, UInt16)] = []
    var index = 0
    while index < Int(count) {
      let low = number(at: 2 + index * 2, UInt16.self) ?? 0
      var high = low
      if revision == 1, self.flags(at: 32 + index), index + 1 < Int(count) {
        index += 1
        high = number(at: 2 + index * 2, UInt16.self) ?? low
      }
      ranges.append((low, high))
      index += 1
    }
    let list = ranges.map { $0 == $1 ? "\($0)" : "\($0):\($1)" }.joined(separator: ",")
    let text = Array(
      "-m multiport \(isInverse ? "! " : "")\(kinds[Int(flags)]) \(list)".utf8)
    let isInside = ranges.contains { $0 <= packet.port && packet.port <= $1 }
    switch flags {
    case 1: return (isInside == isInverse ? .no : .yes, text, true)
    // Either port: ours decides only where it is in the list.
    case 2 where isInside: return (isInverse ? .no : .yes, text, true)
    default: return (.unknown, text, false)
    }
  }

  /// `struct xt_conntrack_mtinfo3` with XT_CONNTRACK_STATE alone, or another revision's, or more.
  private func connection(_ packet: FirewallPacket) -> Match {
    let flagsAt = 146
    // Bit 13 says that the rule was written as `-m state`.
    guard revision == 3, let flags = number(at: flagsAt, UInt16.self), flags & 0xDFFF == 1,
      let inverse = number(at: flagsAt + 2, UInt16.self),
      let states = number(at: flagsAt + 4, UInt16.self)
    else { return (.unknown, Array("-m conntrack (not decoded)".utf8), false) }
    let isInverse = inverse & 1 != 0
    let sign = isInverse ? "! " : ""
    return (
      Self.truth(UInt32(states), isInverse: isInverse, packet),
      Array("-m conntrack \(sign)--ctstate \(Self.state(UInt32(states)))".utf8), false
    )
  }

  /// Whether a packet that opens a connection is in one of these states. The bits of SNAT and DNAT (0x40 and 0x80) stand
  /// beside that of NEW, and nobody knows of them here.
  private static func truth(
    _ states: UInt32, isInverse: Bool, _ packet: FirewallPacket
  ) -> RuleReading.Truth {
    guard packet.isTracked else { return .unknown }
    if states & 8 != 0 { return isInverse ? .no : .yes }
    return states & 0xC0 != 0 ? .unknown : isInverse ? .yes : .no
  }

  private static func state(_ bits: UInt32) -> String {
    NFTablesValueText.state(bits, untracked: 0x100).uppercased()
  }

  /// `struct xt_addrtype_info_v1`: masks of source and destination types, bit by number (RTN_LOCAL is 2).
  private var addressTypeText: [UInt8] {
    guard revision == 1, let source = number(at: 0, UInt16.self), source == 0,
      let types = number(at: 2, UInt16.self), types == 4, let flags = number(at: 4, UInt32.self)
    else { return Array("-m addrtype (not decoded)".utf8) }
    return Array("-m addrtype \(flags & 2 != 0 ? "! " : "")--dst-type LOCAL".utf8)
  }
}
