import Flows
import Packets

extension Recogniser {
  /// netcode's connection request, as yojimbo and other game libraries send it: version, protocol, a token of one size.
  static let netcode = Recogniser(
    name: "yojimbo", title: "netcode (yojimbo)",
    specification: "netcode STANDARD.md, connection request packet",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: version),
      let first = talk.said.first
    else { return .no }
    return .yes(
      Recognition(
        "yojimbo", talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [first.ground("connection request")],
        facts: [Fact(.version, first.message)], clientIs: first.side))
  }

  /// The version in a request of 1078 bytes.
  private static func version(_ datagram: Datagram) -> ArraySlice<UInt8>? {
    let bytes = datagram.bytes
    guard datagram.length == 1078, bytes.count >= 14, bytes[0] == 0, bytes[13] == 0,
      bytes[1..<9].elementsEqual("NETCODE ".utf8)
    else { return nil }
    let version = bytes[9..<13]
    return version.elementsEqual("1.01".utf8) || version.elementsEqual("1.02".utf8) ? version : nil
  }
}
