/// The ports that this host gives to clients that don't choose one.
public enum EphemeralRange {
  /// The range of /proc/sys/net/ipv4/ip_local_port_range; nil when it can't be read.
  public static func current(in proc: ProcRoot = ProcRoot()) -> ClosedRange<UInt16>? {
    proc.contents(of: "sys/net/ipv4/ip_local_port_range", limit: 64).flatMap { parse($0) }
  }

  /// Two numbers with blanks between them.
  static func parse(_ text: [UInt8]) -> ClosedRange<UInt16>? {
    let ports = text.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
      .map { Decimal.parse($0).flatMap { UInt16(exactly: $0) } }
    guard ports.count == 2, let low = ports[0], let high = ports[1], low <= high else { return nil }
    return low...high
  }
}
