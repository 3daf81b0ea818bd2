import Packets

extension Recogniser {
  /// Multicast DNS: names below `.local`, cache-flush and unicast-response bits, answers that
  /// nobody asked for.
  static let mdns = Recogniser(
    name: "mdns", title: "Multicast DNS", specification: "RFC 6762 section 18", transports: [.udp],
    basis: [.built, .corpus]
  ) { DNSTalk($0).opinion("mdns", .multicast) }
}
