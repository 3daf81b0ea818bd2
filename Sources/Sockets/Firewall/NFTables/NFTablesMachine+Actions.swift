import CLinux
import Glibc

extension NFTablesMachine {
  /// `nat`, `redir`, `masq`, `tproxy`: another destination, or another source, which ends the way in a chain for
  /// translation and concerns no port here.
  mutating func translate(_ name: String, _ data: NFTablesAttributes) {
    switch name {
    case "redir":
      let port = port(
        in: data.number(NFTA_REDIR_REG_PROTO_MIN), data.number(NFTA_REDIR_REG_PROTO_MAX))
      end(
        [.send(.redirect, address: nil, port: port)],
        Array("redirect".utf8) + words(nil, port, data[NFTA_REDIR_REG_PROTO_MIN] != nil))
    case "tproxy":
      let address = address(in: data.number(NFTA_TPROXY_REG_ADDR), data.number(NFTA_TPROXY_FAMILY))
      let port = port(in: data.number(NFTA_TPROXY_REG_PORT), nil)
      // What is sent to a proxy goes on to the next rule.
      end(
        [.send(.tproxy, address: address, port: port)],
        Array("tproxy".utf8) + words(address, port, data[NFTA_TPROXY_REG_PORT] != nil))
    case "nat" where data.number(NFTA_NAT_TYPE) == NFT_NAT_DNAT.rawValue:
      let isRange =
        data.number(NFTA_NAT_REG_ADDR_MAX) != nil
        && data.number(NFTA_NAT_REG_ADDR_MAX) != data.number(NFTA_NAT_REG_ADDR_MIN)
      let address =
        isRange
        ? nil : address(in: data.number(NFTA_NAT_REG_ADDR_MIN), data.number(NFTA_NAT_FAMILY))
      let port = port(
        in: data.number(NFTA_NAT_REG_PROTO_MIN), data.number(NFTA_NAT_REG_PROTO_MAX))
      let source = registers.sources(data.number(NFTA_NAT_REG_ADDR_MIN), 4).first?.name
      let target =
        source.map { [0x20] + $0 } ?? words(address, port, data[NFTA_NAT_REG_PROTO_MIN] != nil)
      end(
        [.send(.dnat, address: address, port: port)],
        Array((source == nil ? "dnat" : "dnat to").utf8) + target)
    default: end(.accept, name == "masq" ? "masquerade" : "snat")
    }
  }

  /// ` to 10.0.0.5:80`.
  private func words(_ address: [UInt8]?, _ port: UInt16?, _ hasPort: Bool) -> [UInt8] {
    guard address != nil || hasPort else { return [] }
    let host = address.map { AddressText.of($0) } ?? []
    let shown = host.contains(0x3A) && hasPort ? [0x5B] + host + [0x5D] : host
    let tail = hasPort ? ":" + (port.map(String.init) ?? "(several)") : ""
    return Array(" to ".utf8) + shown + Array(tail.utf8)
  }

  private func address(in register: UInt32?, _ family: UInt32?) -> [UInt8]? {
    let isIPv6 = family == UInt32(NFPROTO_IPV6)
    return registers.value(register, isIPv6 ? 16 : 4).flatMap { Self.known($0) }
  }

  /// A port out of a register in network order; nil where there is none, or a range.
  private func port(in register: UInt32?, _ last: UInt32?) -> UInt16? {
    guard let bytes = registers.value(register, 2).flatMap({ Self.known($0) }) else { return nil }
    if let last, last != register, registers.value(last, 2).flatMap({ Self.known($0) }) != bytes {
      return nil
    }
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  private static func known(_ value: [UInt8?]) -> [UInt8]? {
    let known = value.compactMap { $0 }
    return known.count == value.count ? known : nil
  }

  /// A match or a target of iptables inside a rule of nf_tables.
  mutating func runExtension(_ kind: String, _ data: NFTablesAttributes) {
    let isMatch = kind == "match"
    let found = XTablesExtension(
      name: (isMatch ? data.name(NFTA_MATCH_NAME) : data.name(NFTA_TARGET_NAME)) ?? [],
      revision: UInt8(
        truncatingIfNeeded: (isMatch ? data.number(NFTA_MATCH_REV) : data.number(NFTA_TARGET_REV))
          ?? 0),
      data: (isMatch ? data[NFTA_MATCH_INFO] : data[NFTA_TARGET_INFO]) ?? [])
    if isMatch {
      let match = found.match(packet)
      note(match.truth, match.text, isPort: match.isPort)
    } else {
      if found.untracks { reading.untracks = true }
      let target = found.target(isIPv6: packet.isIPv6)
      end([target.action], target.text)
    }
  }
}
