import Glibc

extension XTablesExtension {
  /// What a target does.
  typealias Target = (action: RuleReading.Action, text: [UInt8])

  /// Targets after which the packet goes on to the next rule.
  private static let passing: Set<String> = [
    "LOG", "NFLOG", "ULOG", "TRACE", "MARK", "CONNMARK", "CONNSECMARK", "SECMARK", "CLASSIFY", "CT",
    "NOTRACK", "TOS", "DSCP", "TTL", "HL", "TCPMSS", "TCPOPTSTRIP", "CHECKSUM", "AUDIT", "SET",
    "RATEEST", "IDLETIMER", "LED", "TEE", "ECN",
  ]

  /// What this target does, as far as its structure is known.
  func target(isIPv6: Bool) -> Target {
    let word = String(decoding: name, as: UTF8.self)
    switch word {
    case "REJECT": return (.reject, jump("REJECT"))
    case "DNAT": return send(.dnat, isIPv6: isIPv6)
    case "REDIRECT": return send(.redirect, isIPv6: isIPv6)
    case "SNAT", "MASQUERADE", "NETMAP": return (.accept, jump(word))
    case "TPROXY": return proxy(isIPv6: isIPv6)
    case _ where Self.passing.contains(word): return (.next, jump(word))
    default: return (.elsewhere, Array("-j ".utf8) + name + Array(" (not decoded)".utf8))
    }
  }

  /// Whether this target keeps a packet from being tracked: NOTRACK, or CT with the flag XT_CT_NOTRACK
  /// (<linux/netfilter/xt_CT.h>).
  var untracks: Bool {
    let word = String(decoding: name, as: UTF8.self)
    return word == "NOTRACK" || (word == "CT" && (number(at: 0, UInt16.self) ?? 1) & 1 != 0)
  }

  private func jump(_ words: String) -> [UInt8] { Array("-j \(words)".utf8) }

  /// Where a range of `struct nf_nat_ipv4_range` stands in its list: the count, then flags.
  private typealias Range = (
    flags: UInt32, addresses: ([UInt8], [UInt8]), ports: ([UInt8], [UInt8])
  )

  /// `struct nf_nat_ipv4_multi_range_compat` (revision 0 over IPv4) or `struct nf_nat_range` and its longer follower;
  /// ports in network order. Flags: 1 for addresses, 2 for ports.
  private var range: Range? {
    func bytes(_ offset: Int, _ length: Int) -> [UInt8]? {
      offset + length <= data.count ? Array(data[offset..<(offset + length)]) : nil
    }
    guard let flags = number(at: 0, UInt32.self), let first = bytes(4, 16),
      let last = bytes(20, 16), let low = bytes(36, 2), let high = bytes(38, 2)
    else { return nil }
    return (flags, (first, last), (low, high))
  }

  private var oldRange: Range? {
    guard number(at: 0, UInt32.self) == 1, let flags = number(at: 4, UInt32.self), data.count >= 20
    else { return nil }
    return (
      flags, (Array(data[8..<12]), Array(data[12..<16])),
      (Array(data[16..<18]), Array(data[18..<20]))
    )
  }

  private func send(_ kind: PortPublication.Kind, isIPv6: Bool) -> Target {
    let isOld = revision == 0 && !isIPv6
    guard revision <= 2, let range = isOld ? oldRange : range else {
      return (.elsewhere, Array("-j ".utf8) + name + Array(" (not decoded)".utf8))
    }
    let hasAddress = kind == .dnat && range.flags & 1 != 0
    let isOne = range.addresses.0 == range.addresses.1 && range.ports.0 == range.ports.1
    let address = hasAddress ? Array(range.addresses.0.prefix(isIPv6 ? 16 : 4)) : nil
    let port =
      range.flags & 2 != 0 ? UInt16(range.ports.0[0]) << 8 | UInt16(range.ports.0[1]) : nil
    let several = isOne ? "" : " (and more)"
    switch kind {
    case .dnat:
      let host = address.map { AddressText.of($0) } ?? []
      let shown = isIPv6 && port != nil ? [0x5B] + host + [0x5D] : host
      let text =
        Array("-j DNAT --to-destination ".utf8) + shown
        + Array(((port.map { ":\($0)" } ?? "") + several).utf8)
      return (.send(.dnat, address: isOne ? address : nil, port: isOne ? port : nil), text)
    default:
      let text = "-j REDIRECT" + (port.map { " --to-ports \($0)" } ?? "") + several
      return (.send(.redirect, address: nil, port: isOne ? port : nil), Array(text.utf8))
    }
  }

  /// `struct xt_tproxy_target_info`, revision 1: mark and its mask, the address, the port in network order.
  private func proxy(isIPv6: Bool) -> Target {
    guard revision == 1, data.count >= 26 else { return (.elsewhere, jump("TPROXY (not decoded)")) }
    let address = Array(data[8..<24].prefix(isIPv6 ? 16 : 4))
    let port = UInt16(data[24]) << 8 | UInt16(data[25])
    let isAny = address.allSatisfy { $0 == 0 }
    return (
      .send(.tproxy, address: isAny ? nil : address, port: port == 0 ? nil : port),
      jump("TPROXY --on-port \(port)")
    )
  }
}
