import Packets

extension Recogniser {
  /// NetBIOS name service: names of 32 letters from A to P, that encode sixteen bytes.
  static let netBIOSNames = Recogniser(
    name: "netbios-ns", title: "NetBIOS name service", specification: "RFC 1002 section 4.2",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { DNSTalk($0).opinion("netbios-ns", .netBIOS) }
}
