import Packets

extension PacketText {
  /// An ICMP error in tcpdump's words.
  mutating func append(
    _ error: ICMPError, _ record: PacketRecord, _ layout: FrameLayout, to lines: inout [String]
  ) {
    let is6 = error.family == .ipv6
    var line = network(record, isVersion6: is6)
    line += "\(error.reporter) > \(error.destination): " + (is6 ? "ICMP6, " : "ICMP ")
    line += is6 ? Self.version6(error) : Self.version4(error)
    if let length = messageLength(record, layout, is6: is6) { line += ", length \(length)" }
    lines[lines.count - 1] += line
  }

  private static func version4(_ error: ICMPError) -> String {
    let quoted = error.quotedDestination
    switch (error.type, error.code) {
    case (3, 0): return "net \(quoted.address) unreachable"
    case (3, 1): return "host \(quoted.address) unreachable"
    case (3, 3):
      return "\(quoted.address) \(error.transport.rawValue) port \(quoted.port) unreachable"
    case (3, 4): return "\(quoted.address) unreachable - need to frag"
    case (3, 10): return "host \(quoted.address) unreachable - admin prohibited"
    case (3, 13): return "host \(quoted.address) unreachable - admin prohibited filter"
    case (11, 0): return "time exceeded in-transit"
    case (11, 1): return "ip reassembly time exceeded"
    case (4, 0): return "source quench"
    default: return ICMPWords.of(error)
    }
  }

  private static func version6(_ error: ICMPError) -> String {
    let quoted = error.quotedDestination
    switch (error.type, error.code) {
    case (1, 0): return "destination unreachable, unreachable route \(quoted.address)"
    case (1, 1): return "destination unreachable, unreachable prohibited \(quoted.address)"
    case (1, 3): return "destination unreachable, unreachable address \(quoted.address)"
    case (1, 4):
      return "destination unreachable, unreachable port, "
        + "\(quoted.address) \(error.transport.rawValue) port \(quoted.port)"
    case (3, 0): return "time exceeded in-transit for \(quoted.address)"
    case (3, 1): return "ip reassembly time exceeded for \(quoted.address)"
    default: return ICMPWords.of(error)
    }
  }

  /// Bytes of the message as the IP header tells; nil when that header is not the first behind the link.
  private func messageLength(_ record: PacketRecord, _ layout: FrameLayout, is6: Bool) -> Int? {
    let frame = record.frame
    let start = layout.network
    guard start < frame.count else { return nil }
    switch (frame[start] >> 4, is6) {
    case (4, false): return Int(frame.uint16(start + 2)) - Int(frame[start] & 15) * 4
    case (6, true) where start + 6 < frame.count && frame[start + 6] == 58:
      return Int(frame.uint16(start + 4))
    default: return nil
    }
  }
}
