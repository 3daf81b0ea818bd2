import Packets

/// ICMP errors in a few words (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1, RFC 4443 section 3).
enum ICMPWords {
  /// `port unreachable`, or type and code where they have no name here.
  static func of(_ error: ICMPError) -> String {
    let names = error.family == .ipv4 ? version4 : version6
    return names[[error.type, error.code]] ?? "ICMP type \(error.type) code \(error.code)"
  }

  private static let version4: [[UInt8]: String] = [
    [3, 0]: "network unreachable", [3, 1]: "host unreachable", [3, 2]: "protocol unreachable",
    [3, 3]: "port unreachable", [3, 4]: "fragmentation needed", [3, 5]: "source route failed",
    [3, 6]: "network unknown", [3, 7]: "host unknown", [3, 9]: "network prohibited",
    [3, 10]: "host prohibited", [3, 13]: "administratively prohibited", [4, 0]: "source quench",
    [11, 0]: "time exceeded in transit", [11, 1]: "reassembly time exceeded",
    [12, 0]: "parameter problem",
  ]

  private static let version6: [[UInt8]: String] = [
    [1, 0]: "no route", [1, 1]: "administratively prohibited", [1, 2]: "beyond the source's scope",
    [1, 3]: "address unreachable", [1, 4]: "port unreachable", [1, 5]: "source address policy",
    [1, 6]: "route rejected", [2, 0]: "packet too big", [3, 0]: "time exceeded in transit",
    [3, 1]: "reassembly time exceeded", [4, 0]: "parameter problem",
  ]
}
