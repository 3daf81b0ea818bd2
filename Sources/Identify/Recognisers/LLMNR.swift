import Packets

extension Recogniser {
  /// Link-Local Multicast Name Resolution: one question for a name of one label, none of the bits
  /// of recursion.
  static let llmnr = Recogniser(
    name: "llmnr", title: "Link-Local Multicast Name Resolution",
    specification: "RFC 4795 section 2.1",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { DNSTalk($0).opinion("llmnr", .linkLocal) }
}
