import Packets
import Testing

/// A frame whose packet touches the port, and how it is framed.
struct Sample: CustomTestStringConvertible, Sendable {
  let name: String
  let link: LinkType
  let bytes: [UInt8]
  /// The path that the decoder should report.
  let path: [Encapsulation]

  init(_ name: String, _ link: LinkType, _ bytes: [UInt8], _ path: [Encapsulation] = []) {
    self.name = name
    self.link = link
    self.bytes = bytes
    self.path = path
  }

  var testDescription: String { name }

  private typealias Build = FrameBuilder

  private static var tcp4: [UInt8] { Build.ipv4(6, Build.tcp()) }
  private static var udp6: [UInt8] {
    Build.ipv6(17, Build.udp(from: Build.client6, to: Build.server6))
  }
  private static var inner: [UInt8] { Build.ethernet(0x0800, tcp4) }

  /// Who tunnels.
  private static let outer4 = Encapsulation.outer(
    source: Build.client, destination: Build.server)
  private static let outer6 = Encapsulation.outer(
    source: Build.client6, destination: Build.server6)

  private static func tunnel(_ port: Int, _ payload: [UInt8]) -> [UInt8] {
    Build.ethernet(0x0800, Build.ipv4(17, Build.udp(50_000, port, payload: payload)))
  }

  private static func ieee80211(quality: Bool) -> [UInt8] {
    [quality ? 0x88 : 0x08, 1, 0, 0] + Array(repeating: 2, count: 18) + [0, 0]
      + (quality ? [0, 0] : []) + snap
  }

  private static var snap: [UInt8] { [0xaa, 0xaa, 3, 0, 0, 0, 8, 0] + tcp4 }

  static let all: [Sample] = links + stacked + extended + tunnels

  private static let links: [Sample] = [
    Sample("Ethernet, TCP", .ethernet, Build.plain),
    Sample("Ethernet, UDP over IPv6", .ethernet, Build.ethernet(0x86dd, udp6)),
    Sample("LLC and SNAP", .ethernet, Build.ethernet(snap.count, snap)),
    Sample(
      "cooked", .linuxCooked,
      [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0] + tcp4),
    Sample(
      "cooked 2", .linuxCooked2,
      [0x86, 0xdd, 0, 0, 0, 0, 0, 3, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0] + udp6),
    Sample("null, little-endian", .null, [2, 0, 0, 0] + tcp4),
    Sample("null, big-endian", .null, [0, 0, 0, 30] + udp6),
    Sample("loop", .loop, [0, 0, 0, 2] + tcp4),
    Sample("raw", .raw, tcp4), Sample("raw, IPv6", .raw, udp6),
    Sample("IPv4", .ipv4, tcp4), Sample("IPv6", .ipv6, udp6),
    Sample("PPP", .ppp, [0xff, 3, 0, 0x21] + tcp4),
    Sample("PPP, bare", .ppp, [0, 0x57] + udp6),
    Sample("PPP, compressed", .ppp, [0x21] + tcp4),
    Sample(
      "PPPoE alone", .pppoe, [0x11, 0, 0, 5] + Build.big16(tcp4.count + 2) + [0, 0x21] + tcp4,
      [.pppoe(session: 5)]),
    Sample("Cisco HDLC", .ciscoHDLC, [0x0f, 0, 8, 0] + tcp4),
    Sample("Frame Relay", .frameRelay, [0x18, 0x41, 3, 0xcc] + tcp4),
    Sample("Frame Relay, Cisco", .frameRelay, [0x18, 0x41, 8, 0] + tcp4),
    Sample("802.11", .ieee80211, ieee80211(quality: false)),
    Sample("802.11, quality of service", .ieee80211, ieee80211(quality: true)),
    Sample(
      "radiotap", .radiotap, [0, 0, 9, 0, 2, 0, 0, 0, 0] + ieee80211(quality: false)),
    Sample(
      "radiotap, padded", .radiotap,
      [0, 0, 9, 0, 2, 0, 0, 0, 0x20] + ieee80211(quality: true).prefix(26) + [0, 0] + snap),
    Sample("PPI", .perPacketInformation, [0, 0, 8, 0, 1, 0, 0, 0] + Build.plain),
    Sample("SLIP", .slip, Array(repeating: 0, count: 16) + tcp4),
  ]

  private static let stacked: [Sample] = [
    Sample("VLAN", .ethernet, Build.ethernet(0x8100, [0x20, 7, 8, 0] + tcp4), [.vlan(7)]),
    Sample(
      "QinQ", .ethernet, Build.ethernet(0x88a8, [0, 7, 0x81, 0, 0, 8, 8, 0] + tcp4),
      [.vlan(7), .vlan(8)]),
    Sample(
      "three tags", .ethernet,
      Build.ethernet(0x9100, [0, 7, 0x81, 0, 0, 8, 0x81, 0, 0, 9, 8, 0] + tcp4),
      [.vlan(7), .vlan(8), .vlan(9)]),
    Sample(
      "MPLS", .ethernet, Build.ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64] + tcp4),
      [.mpls(16), .mpls(32)]),
    Sample(
      "pseudowire", .ethernet, Build.ethernet(0x8847, [0, 1, 1, 64, 0, 0, 0, 0] + inner),
      [.mpls(16)]),
    Sample(
      "pseudowire without control word", .ethernet,
      Build.ethernet(0x8847, [0, 1, 1, 64] + inner), [.mpls(16)]),
    Sample(
      "PPPoE", .ethernet,
      Build.ethernet(
        0x8864, [0x11, 0, 0, 5] + Build.big16(tcp4.count + 2) + [0, 0x21] + tcp4),
      [.pppoe(session: 5)]),
  ]

  private static let extended: [Sample] = [
    Sample(
      "IPv4 options", .raw, Build.ipv4(6, Build.tcp(), options: [7, 7, 4, 0, 0, 0, 0, 0])),
    Sample(
      "hop-by-hop, routing, destination", .raw,
      Build.ipv6(
        0,
        [43, 0, 1, 4, 0, 0, 0, 0] + [60, 0, 0, 0, 0, 0, 0, 0] + [6, 0, 1, 4, 0, 0, 0, 0]
          + Build.tcp(from: Build.client6, to: Build.server6))),
    Sample(
      "atomic fragment", .raw,
      Build.fragment6(
        6, offset: 0, more: false, Build.tcp(from: Build.client6, to: Build.server6))),
    Sample(
      "AH", .raw,
      Build.ipv4(51, [6, 4, 0, 0] + Array(repeating: 1, count: 20) + Build.tcp()),
      [.authentication]),
    Sample("IP in IP", .raw, Build.ipv4(4, tcp4), [outer4, .ip(version: 4)]),
    Sample("6in4", .raw, Build.ipv4(41, udp6), [outer4, .ip(version: 4)]),
    Sample("4in6", .raw, Build.ipv6(4, tcp4), [outer6, .ip(version: 6)]),
    Sample("GRE", .raw, Build.ipv4(47, [0, 0, 8, 0] + tcp4), [outer4, .gre]),
    Sample(
      "GRE with key and sequence", .raw,
      Build.ipv4(47, [0x30, 0, 0x65, 0x58, 0, 0, 0, 1, 0, 0, 0, 2] + inner), [outer4, .gre]),
    Sample(
      "GRE with PPP", .raw,
      Build.ipv4(47, [0x30, 1, 0x88, 0x0b, 0, 9, 0, 1, 0, 0, 0, 2, 0xff, 3, 0, 0x21] + tcp4),
      [outer4, .gre, .ppp]),
    Sample(
      "ERSPAN", .raw,
      Build.ipv4(47, [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0, 3, 0, 0, 0, 0] + inner),
      [outer4, .gre, .erspan(session: 3)]),
  ]

  private static let tunnels: [Sample] = [
    Sample(
      "VXLAN", .ethernet, tunnel(4789, [8, 0, 0, 0, 0, 0, 5, 0] + inner), [outer4, .vxlan(5)]),
    Sample(
      "GENEVE", .ethernet,
      tunnel(6081, [1, 0, 0x65, 0x58, 0, 0, 5, 0, 0, 0, 0, 0] + inner), [outer4, .geneve(5)]),
    Sample(
      "GTP-U", .ethernet,
      tunnel(2152, [0x30, 0xff] + Build.big16(tcp4.count) + [0, 0, 0, 6] + tcp4),
      [outer4, .gtp(tunnel: 6)]),
    Sample(
      "GTP-U with an extension", .ethernet,
      tunnel(
        2152,
        [0x34, 0xff] + Build.big16(tcp4.count + 8) + [0, 0, 0, 6, 0, 0, 0, 0x85, 1, 0, 0, 0]
          + tcp4), [outer4, .gtp(tunnel: 6)]),
    Sample("Teredo", .ethernet, tunnel(3544, udp6), [outer4, .teredo]),
    Sample(
      "Teredo with origin", .ethernet, tunnel(3544, [0, 0, 1, 2, 3, 4, 5, 6] + udp6),
      [outer4, .teredo]),
    Sample(
      "L2TP", .ethernet, tunnel(1701, [0, 2, 0, 8, 0, 9, 0xff, 3, 0, 0x21] + tcp4),
      [outer4, .l2tp(tunnel: 8, session: 9)]),
  ]
}
