import Packets

/// The IP header in parentheses, as `tcpdump -v` shows it.
enum IPText {
  /// The header with the space behind it.
  static func header(_ packet: Packet, _ frame: [UInt8], _ layout: FrameLayout) -> String {
    let name = packet.transport == .tcp ? "TCP (6)" : "UDP (17)"
    let ip = packet.ip
    if packet.source.address.family == .ipv6 {
      let first = layout.ip.map { frame.uint32($0.lowerBound) } ?? 0
      let traffic = ip.trafficClass == 0 ? "" : "class 0x\(digits(UInt32(ip.trafficClass), 2)), "
      let label = first & 0xfffff
      return
        "(\(traffic)\(label == 0 ? "" : "flowlabel 0x\(digits(label, 5)), ")hlim \(ip.hopLimit), "
        + "next-header \(name) payload length: \(max(0, ip.totalLength - 40))) "
    }
    let fragment = layout.ip.map { frame.uint16($0.lowerBound + 6) } ?? 0
    let flags = [(0x2000, "+"), (0x4000, "DF"), (0x8000, "rsvd")].filter {
      Int(fragment) & $0.0 != 0
    }
    let shown =
      layout.ip == nil
      ? (ip.dontFragment ? "DF" : "none")
      : flags.isEmpty ? "none" : flags.map(\.1).joined(separator: ", ")
    let congestion = ["", ",ECT(1)", ",ECT(0)", ",CE"][Int(ip.trafficClass & 3)]
    return "(tos 0x\(String(ip.trafficClass, radix: 16))\(congestion), ttl \(ip.hopLimit), "
      + "id \(ip.identification ?? 0), offset \(Int(fragment & 0x1fff) * 8), flags [\(shown)], "
      + "proto \(name), length \(ip.totalLength)\(checksum(frame, layout)))"
  }

  /// tcpdump tells only of a wrong header checksum.
  private static func checksum(_ frame: [UInt8], _ layout: FrameLayout) -> String {
    guard let header = layout.ip else { return "" }
    let error = Checksum.sum(Array(frame[header.lowerBound..<ipEnd(frame, header)]), seed: 0)
    guard error != 0 else { return "" }
    let found = frame.uint16(header.lowerBound + 10)
    return
      ", bad cksum \(String(found, radix: 16)) (->\(String(Checksum.should(error, found), radix: 16)))!"
  }

  private static func ipEnd(_ frame: [UInt8], _ header: Range<Int>) -> Int {
    min(header.upperBound, header.lowerBound + Int(frame[header.lowerBound] & 15) * 4)
  }

  private static func digits(_ number: UInt32, _ width: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
