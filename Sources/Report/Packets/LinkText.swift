import Packets

/// The link-layer header as `tcpdump -e` shows it.
enum LinkText {
  /// The header with the space behind it.
  static func header(_ record: PacketRecord, _ layout: FrameLayout) -> String {
    let length = record.length
    switch record.link {
    case .ethernet: return ethernet(record)
    case .linuxCooked: return cooked(record)
    case .null, .loop:
      let family = record.frame.first == 0 ? record.frame.last4 : record.frame.first4
      return "AF \(family == 2 ? "IPv4" : "IPv6") (\(family)), length \(length): "
    case .ppp:
      return
        "\(isVersion6(record) ? "IP6" : "IP") (0x\(isVersion6(record) ? "0057" : "0021")), length \(length): "
    case .raw, .ipv4, .ipv6: return "ip: "
    case .pppoe, .ciscoHDLC, .frameRelay, .ieee80211, .radiotap, .perPacketInformation, .slip,
      .netfilterLog:
      return "\(LayerWords.of(record.link)), length \(length): "
    case .linuxCooked2: return ""  // stands behind the direction, which is shown without -e as well
    }
  }

  private static func ethernet(_ record: PacketRecord) -> String {
    guard record.frame.count >= 14 else { return "" }
    let sender = hardware(record.frame[6..<12])
    let receiver = hardware(record.frame[0..<6])
    return "\(sender) > \(receiver), " + types(record, at: 12, length: record.length)
  }

  private static func types(_ record: PacketRecord, at offset: Int, length: Int) -> String {
    var offset = offset
    var text = "ethertype \(name(record.frame.uint16(offset))), length \(length): "
    while [0x8100, 0x88a8, 0x9100].contains(record.frame.uint16(offset)),
      offset + 4 < record.frame.count
    {
      let tag = record.frame.uint16(offset + 2)
      offset += 4
      text +=
        "vlan \(tag & 0xfff), p \(tag >> 13)" + (tag & 0x1000 == 0 ? "" : ", DEI")
        + ", ethertype \(name(record.frame.uint16(offset))), "
    }
    return text
  }

  private static func cooked(_ record: PacketRecord) -> String {
    guard record.frame.count >= 16 else { return "" }
    let count = min(Int(record.frame.uint16(4)), 8)
    let sender = count > 0 ? " " + hardware(record.frame[6..<6 + min(count, 8)]) : ""
    return "\(Columns.leading(direction(record.frame.uint16(0)), 3))\(sender) ethertype "
      + "\(name(record.frame.uint16(14))), length \(record.length): "
  }

  /// Version 2 of the cooked header, behind interface and direction.
  static func cooked2(_ record: PacketRecord) -> String {
    guard record.frame.count >= 20 else { return "" }
    let count = min(Int(record.frame[11]), 8)
    let sender = count > 0 ? " " + hardware(record.frame[12..<12 + count]) : ""
    return
      "ifindex \(Int32(bitPattern: record.frame.uint32(4)))\(sender) ethertype \(name(record.frame.uint16(0))), "
      + "length \(record.length): "
  }

  /// Linux's packet types as tcpdump names them.
  static func direction(_ type: UInt16) -> String {
    switch type {
    case 0: "In"
    case 1: "B"
    case 2: "M"
    case 3: "P"
    case 4: "Out"
    default: "?"
    }
  }

  private static func isVersion6(_ record: PacketRecord) -> Bool {
    guard case .packet(let packet) = record.content else { return false }
    return packet.source.address.family == .ipv6
  }

  private static func hardware(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }

  private static func name(_ type: UInt16) -> String {
    let digits = String(type, radix: 16)
    let hexadecimal = "0x" + String(repeating: "0", count: 4 - digits.count) + digits
    return (names[type] ?? "Unknown") + " (\(hexadecimal))"
  }

  private static let names: [UInt16: String] = [
    0x0800: "IPv4", 0x86dd: "IPv6", 0x8100: "802.1Q", 0x88a8: "802.1Q-QinQ", 0x9100: "802.1Q-9100",
    0x8847: "MPLS unicast", 0x8848: "MPLS multicast", 0x8864: "PPPoE S",
  ]
}

extension [UInt8] {
  /// The first four bytes, the least significant first.
  fileprivate var first4: UInt32 { uint32(0).byteSwapped }
  /// The first four bytes in network order.
  fileprivate var last4: UInt32 { uint32(0) }
}

extension Columns {
  /// The text with spaces before it.
  static func leading(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
