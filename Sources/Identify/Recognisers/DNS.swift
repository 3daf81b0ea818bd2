import Packets

extension Recogniser {
  /// Domain names: a header whose counts are met to the last byte, and responses that repeat
  /// identifier and question.
  static let dns = Recogniser(
    name: "dns", title: "Domain Name System", specification: "RFC 1035 section 4",
    transports: [.udp, .tcp],
    basis: [.recorded, .built, .corpus]
  ) { DNSTalk($0).opinion("dns", .dns) }.orFromFirstBytes
}
