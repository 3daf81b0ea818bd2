/// What the rules of chains mean for one packet, so that a chain that many lead to is read once; and how many rules may still
/// be walked over, whatever leads where.
final class RuleMemory<Source: Hashable> {
  /// Rules that are walked over for one reading: a host with some thousands takes a hundredth.
  private static var most: Int { 4_000_000 }

  private struct Key: Hashable {
    let chain: [UInt8]
    let table: [UInt8]
    let source: Source
  }

  private var packet: FirewallPacket?
  private var known: [Key: [RuleReading]] = [:]
  private var left = most

  /// Whether rules were left out because there are too many.
  var isExhausted: Bool { left < 0 }

  /// What the rules of a chain mean for a packet; nil when there is no such chain, and when there are too many rules.
  func readings(
    of chain: [UInt8], in table: [UInt8], _ source: Source, for packet: FirewallPacket,
    _ read: () -> [RuleReading]?
  ) -> [RuleReading]? {
    guard !isExhausted else { return nil }
    if self.packet != packet {
      self.packet = packet
      known.removeAll(keepingCapacity: true)
    }
    let key = Key(chain: chain, table: table, source: source)
    guard let readings = known[key] ?? read() else { return nil }
    known[key] = readings
    left -= readings.count
    return readings
  }
}
